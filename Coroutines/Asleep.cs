namespace Coroutines;

/// <summary>Where one stands who waits for nothing but the time.</summary>
internal sealed class Asleep : IPlace
{
    public static readonly Asleep Place = new();

    private Asleep() { }

    public void Leave(IWaiter waiter) { }

    public override string ToString() => "";
}
