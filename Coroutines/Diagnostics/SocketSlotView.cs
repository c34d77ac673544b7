using System.Diagnostics;
using System.Net.Sockets;
using Coroutines.Polling;

namespace Coroutines.Diagnostics;

/// <summary>What a debugger shows of a socket's slot: who waits.</summary>
[DebuggerNonUserCode]
internal sealed class SocketSlotView(SocketSlot slot)
{
    public Coroutine? Reader => slot.Reader;

    public Coroutine? Writer => slot.Writer;

    public Interest Watched => slot.Watched;

    public bool IsClosed => slot.IsClosed;

    public Socket? Socket => slot.Socket;
}
