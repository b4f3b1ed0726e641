using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.OpenTelemetry.Bridge.Content.Reading;

/// <summary>Reads instructions, which are a list of parts.</summary>
internal static class InstructionReader
{
    /// <summary>Returns the texts; <see langword="null"/> when there are none.</summary>
    public static string? Read(JsonElement root)
    {
        var parts = PartReader.ReadAll(root.ValueKind == JsonValueKind.Array ? root.EnumerateArray() : [root]);
        var text = string.Join('\n', parts.OfType<TextContent>().Select(static part => part.Text));
        return text.Length == 0 ? null : text;
    }
}
