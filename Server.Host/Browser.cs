using System.ComponentModel;
using System.Diagnostics;

namespace Server.Host;

/// <summary>Shows a page in the user's browser.</summary>
internal static class Browser
{
    public static void Open(Uri address, Log log)
    {
        try
        {
            using var started = Process.Start(new ProcessStartInfo(address.ToString()) { UseShellExecute = true });
        }
        catch (Exception failure)
            when (failure is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            log.BrowserFailed(failure);
        }
    }
}
