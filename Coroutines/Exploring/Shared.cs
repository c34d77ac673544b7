using System.Globalization;

namespace Coroutines.Exploring;

/// <summary>A variable that several threads, or a thread and a handler, can see.</summary>
/// <remarks>Yield a <see cref="Step"/> before each access; two accesses without a yield between them are one atomic step,
/// which is how a model says that something is atomic.</remarks>
/// <typeparam name="T">The type of its value.</typeparam>
public sealed class Shared<T>
{
    internal Shared(string name, T initial) => (Name, Value) = (name, initial);

    /// <summary>Its name in witnesses.</summary>
    public string Name { get; }

    /// <summary>Its value.</summary>
    public T Value { get; set; }

    /// <inheritdoc/>
    public override string ToString() => Convert.ToString(Value, CultureInfo.InvariantCulture) ?? "null";
}
