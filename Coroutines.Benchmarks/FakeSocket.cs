using static Coroutines.Wait;

namespace Coroutines.Benchmarks;

/// <summary>Something to wait for that has no descriptor.</summary>
internal sealed class FakeSocket(int number) : IWaitable
{
    public SocketSlot Slot { get; } = new(number);

    public IEnumerator<Wait> Reads(Deadline timeout)
    {
        while (true)
            yield return WantRead(this, timeout);
    }
}
