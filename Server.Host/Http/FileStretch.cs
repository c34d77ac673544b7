using Coroutines.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Server.Host.Http;

/// <summary>What is left to be sent of a file that never changes.</summary>
internal struct FileStretch
{
    private SafeFileHandle? file;
    private long position;
    private UnsentRoom? room;
    private bool hasPlace;

    /// <summary>How many bytes are left.</summary>
    public long Remaining { get; private set; }

    /// <summary>The content of a response, which holds the file.</summary>
    /// <param name="response">The response.</param>
    /// <param name="room">Where there may be room for more of it than <see cref="Connection.DefaultUnsentBytes"/>.</param>
    public static FileStretch Of(Response response, UnsentRoom room) =>
        new()
        {
            room = room,
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
        TakeOrLeavePlace(connection);
        var count = (int)Math.Min(hasPlace ? UnsentRoom.BytesEach : Conversation.MaxBytesPerStretch, Remaining);
        var result = connection.SendFile(head, file!, position, count, out sent);
        headSent = Math.Min(head.Length, sent);
        position += sent - headSent;
        Remaining -= sent - headSent;
        return result;
    }

    /// <summary>Nothing more of it is sent.</summary>
    public void End()
    {
        if (hasPlace)
            room!.GiveBack();
        this = default;
    }

    // The last of it waits like any other content: so the place is free for somebody else, however late the client reads it.
    private void TakeOrLeavePlace(Connection connection)
    {
        var needsPlace = Remaining > UnsentRoom.BytesEach;
        if (needsPlace == hasPlace || (needsPlace && !room!.TryTake()))
            return;
        if (hasPlace)
            room!.GiveBack();
        hasPlace = needsPlace;
        connection.LimitUnsent(hasPlace ? UnsentRoom.BytesEach : Connection.DefaultUnsentBytes);
    }
}
