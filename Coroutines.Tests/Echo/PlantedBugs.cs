using System.Net.Sockets;
using static Coroutines.Wait;

namespace Coroutines.Tests.Echo;

/// <summary>Echo servers with the bugs that are known of public samples. Apart from its bug, each one works.</summary>
internal static class PlantedBugs
{
    private const int MaxLineBytes = 8 * 1024;

    /// <summary>No bug.</summary>
    public static void None(Socket listener, Func<bool> isStopping)
    {
        IEnumerator<Wait> Echo(Socket client)
        {
            using var owned = client;
            var buffer = new byte[MaxLineBytes];
            int received;
            do
            {
                yield return WantRead(client);
                received = client.Receive(buffer);
                for (var sent = 0; sent < received; )
                {
                    yield return WantWrite(client);
                    sent += client.Send(buffer.AsSpan(sent, received - sent));
                }
            } while (received > 0);
        }
        Run(listener, isStopping, Echo);
    }

    /// <summary>A coroutine that, at the end of the file, goes on to receive without yielding.</summary>
    public static void ReadsOnAtTheEnd(Socket listener, Func<bool> isStopping)
    {
        IEnumerator<Wait> Echo(Socket client)
        {
            using var owned = client;
            var buffer = new byte[MaxLineBytes];
            while (!isStopping())
            {
                yield return WantRead(client);
                int received;
                do received = client.Receive(buffer); // the bug: 0 is the end, not 'nothing yet'
                while (received == 0 && !isStopping());
                client.Send(buffer.AsSpan(0, received));
            }
        }
        Run(listener, isStopping, Echo);
    }

    /// <summary>A send that begins again from the start after a part was taken.</summary>
    public static void SendsAgainFromTheStart(Socket listener, Func<bool> isStopping)
    {
        IEnumerator<Wait> Echo(Socket client)
        {
            using var owned = client;
            client.SendBufferSize = MaxLineBytes;
            var buffer = new byte[64 * MaxLineBytes];
            int received;
            do
            {
                yield return WantRead(client);
                received = client.Receive(buffer);
                for (var sent = 0; sent < received; )
                {
                    yield return WantWrite(client);
                    sent += client.Send(buffer.AsSpan(0, received)); // the bug: from 0, not from 'sent'
                }
            } while (received > 0);
        }
        Run(listener, isStopping, Echo);
    }

    /// <summary>A select server that leaves a client that has gone in its read set.</summary>
    public static void KeepsWhoHasGone(Socket listener, Func<bool> isStopping)
    {
        var clients = new List<Socket>();
        while (!isStopping())
        {
            var readable = new List<Socket>([listener, .. clients]);
            Socket.Select(readable, null, null, TimeSpan.FromMilliseconds(50));
            foreach (var socket in readable)
            {
                if (socket == listener)
                    clients.Add(listener.Accept());
                else
                    Echo(socket);
            }
        }
        clients.ForEach(client => client.Dispose());

        static void Echo(Socket client)
        {
            var buffer = new byte[MaxLineBytes];
            var received = client.Receive(buffer, SocketFlags.None, out _);
            if (received > 0) // the bug: nothing is done at the end
                client.Send(buffer.AsSpan(0, received));
        }
    }

    /// <summary>The rest of the buffer is moved down, but for its last byte.</summary>
    public static void MovesOneByteTooFew(Socket listener, Func<bool> isStopping)
    {
        IEnumerator<Wait> Echo(Socket client)
        {
            using var owned = client;
            var buffer = new byte[MaxLineBytes];
            var filled = 0;
            int received;
            do
            {
                yield return WantRead(client);
                filled += received = client.Receive(buffer.AsSpan(filled));
                var complete = buffer.AsSpan(0, filled).LastIndexOf((byte)'\n') + 1;
                client.Send(buffer.AsSpan(0, complete));
                filled -= complete;
                buffer.AsSpan(complete, Math.Max(0, filled - 1)).CopyTo(buffer); // the bug: all of 'filled' is to be moved
            } while (received > 0);
        }
        Run(listener, isStopping, Echo);
    }

    /// <summary>A receive that fails ends the loop that serves everybody.</summary>
    public static void EndsAtAReset(Socket listener, Func<bool> isStopping)
    {
        while (!isStopping())
        {
            using var client = listener.Accept();
            var buffer = new byte[MaxLineBytes];
            int received;
            while ((received = client.Receive(buffer)) > 0) // the bug: it throws, and nobody catches
                client.Send(buffer.AsSpan(0, received));
        }
    }

    private static void Run(Socket listener, Func<bool> isStopping, Func<Socket, IEnumerator<Wait>> echo)
    {
        IEnumerator<Wait> Accept()
        {
            using var clients = Scope.Open();
            while (!isStopping())
            {
                yield return WantRead(listener, TimeSpan.FromMilliseconds(50));
                if (Woken.Readable)
                    clients.Spawn(echo(listener.Accept()));
            }
        }
        using var scheduler = new Scheduler();
        scheduler.Failed += (_, _) => { };
        scheduler.Spawn(Accept());
        scheduler.Run();
    }
}
