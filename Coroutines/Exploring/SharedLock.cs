namespace Coroutines.Exploring;

/// <summary>A lock that isn't recursive: who takes it twice waits for itself.</summary>
public sealed class SharedLock
{
    internal SharedLock(string name) => Name = name;

    /// <summary>Its name in witnesses.</summary>
    public string Name { get; }

    /// <summary>Whether somebody holds it.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>Takes the lock as soon as it is free: one step.</summary>
    /// <param name="label">The label of a line of the source, or what the step does.</param>
    public IEnumerator<Step> Take(string label)
    {
        yield return Step.Until(label, () => !IsHeld, Name);
        IsHeld = true;
    }

    /// <summary>Frees the lock. Yield before.</summary>
    /// <exception cref="InvalidOperationException">Nobody holds it.</exception>
    public void Free()
    {
        if (!IsHeld)
            throw new InvalidOperationException($"'{Name}' can be freed only while it is held, but nobody held it.");
        IsHeld = false;
    }

    /// <inheritdoc/>
    public override string ToString() => IsHeld ? "held" : "free";
}
