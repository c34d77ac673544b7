namespace Coroutines;

/// <summary>Something with a deadline that the timer queue watches.</summary>
internal interface ITimed
{
    /// <summary>Its deadline has been reached; its timer is spent.</summary>
    void Expire();
}
