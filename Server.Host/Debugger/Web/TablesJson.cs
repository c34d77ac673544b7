using System.Text.Json;

namespace Server.Host.Debugger.Web;

/// <summary>Writes what other models than coroutines consist of.</summary>
internal static class TablesJson
{
    public static void WriteOrNull(Utf8JsonWriter json, string name, ModelTables? tables)
    {
        if (tables is null)
        {
            json.WriteNull(name);
            return;
        }
        json.WriteStartObject(name);
        json.WriteStartArray("processes");
        foreach (var process in tables.Processes)
            Write(json, process);
        json.WriteEndArray();
        json.WriteStartArray("threads");
        foreach (var thread in tables.Threads)
            Write(json, thread);
        json.WriteEndArray();
        json.WriteStartArray("connections");
        foreach (var connection in tables.Connections)
            Write(json, connection);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ProcessRow process)
    {
        json.WriteStartObject();
        json.WriteNumber("id", process.Id);
        json.WriteString("state", process.State);
        json.WriteStartArray("descriptors");
        foreach (var socket in process.Sockets)
            json.WriteStringValue(socket);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ThreadRow thread)
    {
        json.WriteStartObject();
        json.WriteString("name", thread.Name);
        json.WriteString("state", thread.State);
        json.WriteNull("fd");
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ConnectionRow connection)
    {
        json.WriteStartObject();
        json.WriteNumber("fd", connection.Descriptor);
        json.WriteString("state", connection.State);
        json.WriteEndObject();
    }
}
