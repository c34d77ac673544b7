using System.Globalization;

namespace Coroutines.Tests;

/// <summary>How long properties are tried.</summary>
internal static class Property
{
    private const string Variable = "COROUTINES_PROPERTY_FACTOR";

    /// <summary>How many samples: those of a quick run, times the environment variable COROUTINES_PROPERTY_FACTOR (a whole
    /// number; 1 if it isn't set).</summary>
    public static long Samples(long quick) =>
        long.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out var factor)
            ? quick * Math.Max(1, factor)
            : quick;
}
