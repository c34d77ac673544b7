namespace Coroutines;

/// <summary>Where a waiter stands until it is woken. Its text names what is waited for.</summary>
internal interface IPlace
{
    /// <summary>A waiter waits no longer: it won't be woken, and nothing of it stays behind.</summary>
    void Leave(IWaiter waiter);
}
