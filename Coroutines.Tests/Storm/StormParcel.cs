using Coroutines.Sync;

namespace Coroutines.Tests.Storm;

/// <summary>An item and its send. In the end it finds out which has become of it.</summary>
internal sealed class StormParcel(StormGoods goods, Wait send, int item) : IDisposable
{
    public Wait Send => send;

    /// <summary>A coroutine that was unwound can't tell whether its item had been let in before; its sender, which keeps the
    /// item until then, can.</summary>
    public bool IsSent => ((Sender<int>)send.Subject!).Item != item;

    public void Dispose()
    {
        if (IsSent)
            goods.HaveSent(item);
    }
}
