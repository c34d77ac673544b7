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
        json.WriteArray("processes", tables.Processes, process => Write(json, process));
        json.WriteArray("threads", tables.Threads, thread => Write(json, thread));
        json.WriteArray("connections", tables.Connections, connection => Write(json, connection));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ProcessRow process)
    {
        json.WriteStartObject();
        json.WriteNumber("id", process.Id);
        json.WriteString("state", process.State);
        json.WriteArray("descriptors", process.Sockets, json.WriteStringValue);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ThreadRow thread)
    {
        json.WriteStartObject();
        json.WriteString("name", thread.Name);
        json.WriteString("state", thread.State);
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
