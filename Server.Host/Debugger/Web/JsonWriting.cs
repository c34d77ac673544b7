using System.Text.Json;

namespace Server.Host.Debugger.Web;

/// <summary>What the page's texts have in common.</summary>
internal static class JsonWriting
{
    /// <summary>Writes all of something as an array, as a property of an object.</summary>
    public static void WriteArray<T>(this Utf8JsonWriter json, string name, IEnumerable<T> all, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var one in all)
            write(one);
        json.WriteEndArray();
    }

    /// <summary>Writes a number, or that there is none, as a property of an object.</summary>
    public static void WriteNumberOrNull(this Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } value)
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }
}
