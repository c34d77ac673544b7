namespace Coroutines;

/// <summary>Something that a coroutine was woken with and that exists once: an item, a permit.</summary>
/// <remarks>Each is told one of the two, once.</remarks>
internal interface IGrant
{
    /// <summary>The coroutine was unwound before it was resumed: the next in the queue is to have it.</summary>
    void GiveBack(Coroutine coroutine);

    /// <summary>The coroutine has had it, and has left the wait that brought it behind.</summary>
    void Spend();
}
