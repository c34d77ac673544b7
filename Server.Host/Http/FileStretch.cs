using Coroutines.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Server.Host.Http;

/// <summary>What is left to be sent of a file that never changes.</summary>
internal struct FileStretch
{
    private SafeFileHandle? file;
    private long position;

    /// <summary>How many bytes are left.</summary>
    public long Remaining { get; private set; }

    /// <summary>The content of a response, which holds the file.</summary>
    public static FileStretch Of(Response response) =>
        new()
        {
            file = response.File!.Handle,
            position = response.ContentStart,
            Remaining = response.ContentBytes,
        };

    /// <summary>Sends once.</summary>
    /// <param name="connection">Where to.</param>
    /// <param name="head">What goes before it.</param>
    /// <param name="headSent">How much of that was taken.</param>
    /// <param name="sent">How many bytes were taken in all.</param>
    public SendResult Send(Connection connection, ReadOnlySpan<byte> head, out int headSent, out int sent)
    {
        var count = (int)Math.Min(Conversation.MaxBytesPerStretch, Remaining);
        var result = connection.SendFile(head, file!, position, count, out sent);
        headSent = Math.Min(head.Length, sent);
        position += sent - headSent;
        Remaining -= sent - headSent;
        return result;
    }
}
