using System.Net.Sockets;

namespace Server.Host.Echo;

/// <summary>One thread, select, and for each client a state that is written by hand: what a loop and its local variables
/// say elsewhere stands here in fields, and is looked at anew at each event.</summary>
internal sealed class EventsEcho : IEchoServer
{
    private const int MaxLineBytes = 8 * 1024;

    private readonly List<Client> clients = [];
    private readonly List<Socket> readable = [];
    private readonly List<Socket> writable = [];
    private bool isFull; // no descriptor is left for one more client

    public void Serve(EchoListener listener)
    {
        listener.Socket.Blocking = false;
        while (true)
        {
            BuildSets(listener.Socket);
            Socket.Select(readable, writable, null, Timeout.InfiniteTimeSpan);
            UpdateClients();
            if (readable.Contains(listener.Socket))
                AddClient(listener);
        }
    }

    // select modifies the sets that it is given, so they are built anew for each call.
    private void BuildSets(Socket listener)
    {
        readable.Clear();
        writable.Clear();
        if (!isFull)
            readable.Add(listener);
        foreach (var client in clients)
            (client.IsSending ? writable : readable).Add(client.Socket);
    }

    private void UpdateClients()
    {
        var (isReadable, isWritable) = (readable.ToHashSet(), writable.ToHashSet());
        foreach (var client in clients)
        {
            if (isReadable.Contains(client.Socket))
                client.Receive();
            if (isWritable.Contains(client.Socket))
                client.Send();
        }
        if (clients.RemoveAll(client => client.IsClosed) > 0)
            isFull = false;
    }

    private void AddClient(EchoListener listener)
    {
        // Whoever can't be accepted keeps the listener readable. To select on it would spin, until a client has gone.
        isFull = !listener.TryAccept(out var client) && clients.Count > 0;
        if (client is not null)
            clients.Add(new Client(client));
    }

    private sealed class Client
    {
        private readonly byte[] buffer = new byte[MaxLineBytes];
        private int filled; // bytes that were received and not sent back yet
        private int complete; // how many of them are whole lines, to be sent
        private int sent; // how many of those were sent
        private bool isAtEnd; // the client will send no more

        public Client(Socket socket)
        {
            Socket = socket;
            socket.Blocking = false;
        }

        public Socket Socket { get; }

        public bool IsSending => sent < complete;

        public bool IsClosed { get; private set; }

        /// <summary>Receives once; it won't block, and may bring a part of a line only.</summary>
        public void Receive()
        {
            var received = Socket.Receive(buffer.AsSpan(filled), SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock)
                return;
            filled += received;
            isAtEnd = received == 0;
            complete = isAtEnd ? filled : CompleteLines(buffer.AsSpan(0, filled));
            if (error != SocketError.Success || (isAtEnd && !IsSending))
                Close();
        }

        /// <summary>Sends once; it won't block, and may take a part of what is given only.</summary>
        public void Send()
        {
            sent += Socket.Send(buffer.AsSpan(sent, complete - sent), SocketFlags.None, out var error);
            if (error is not (SocketError.Success or SocketError.WouldBlock))
                Close();
            else if (!IsSending)
                Finish();
        }

        private void Finish()
        {
            if (isAtEnd)
            {
                Close();
                return;
            }
            buffer.AsSpan(complete, filled - complete).CopyTo(buffer);
            filled -= complete;
            complete = sent = 0;
        }

        private void Close()
        {
            IsClosed = true;
            Socket.Dispose();
        }

        private static int CompleteLines(ReadOnlySpan<byte> bytes) =>
            bytes.Length == MaxLineBytes ? bytes.Length : bytes.LastIndexOf((byte)'\n') + 1;
    }
}
