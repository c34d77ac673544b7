using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Server.Host.Files;

/// <summary>Sorts the errors of the calls in <see cref="Libc"/>.</summary>
[SupportedOSPlatform("linux")]
internal static class SystemCall
{
    /// <summary>True if the last call was interrupted by a signal and is to be made again.</summary>
    public static bool WasInterrupted => Marshal.GetLastPInvokeError() == Libc.EINTR;

    /// <summary>True if the call succeeded; false if its path leads to nothing that may be served.</summary>
    /// <remarks>What a client can bring about by its choice of a path (no such file, too long, a loop, forbidden, not
    /// a name for that file system, ...) is false, whatever the file system calls it.</remarks>
    /// <exception cref="IOException">The system itself failed.</exception>
    public static bool Found(nint result, string call)
    {
        if (result >= 0)
            return true;
        if (Marshal.GetLastPInvokeError() is Libc.EMFILE or Libc.ENFILE or Libc.ENOMEM or Libc.EIO)
            throw Failure(call);
        return false;
    }

    /// <summary>The last error, as an exception that names the call.</summary>
    public static IOException Failure(string call)
    {
        var error = Marshal.GetLastPInvokeError();
        return new($"{call} failed: {Marshal.GetPInvokeErrorMessage(error)} (errno {error}).", error);
    }
}
