namespace Coroutines.Exploring;

/// <summary>Somebody who can move: a thread, or one of a process's children that are alike.</summary>
internal interface IActor
{
    /// <summary>Who would move: a handler moves in its thread's stead.</summary>
    string Name { get; }

    bool CanMove { get; }

    /// <summary>The step that it would take.</summary>
    Step Next { get; }

    /// <summary>Takes that step.</summary>
    void Move();
}
