using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FakeModelServer.Protocols;

/// <summary>Writes JSON as the real services do: quotes and letters beyond ASCII as they are, not as numbers.</summary>
internal static class WireJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string ToWireText(this JsonObject json) => json.ToJsonString(Options);
}
