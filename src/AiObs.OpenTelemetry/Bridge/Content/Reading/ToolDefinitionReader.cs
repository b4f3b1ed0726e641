using System.Text.Json;
using AiObs.Operations;

namespace AiObs.OpenTelemetry.Bridge.Content.Reading;

/// <summary>Reads the tools that were offered to a model.</summary>
internal static class ToolDefinitionReader
{
    private const string FunctionType = "function";

    public static IReadOnlyList<RecordedTool>? Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        List<RecordedTool> tools = [.. root.EnumerateArray().Select(ReadOne).OfType<RecordedTool>()];
        return tools.Count == 0 ? null : tools;
    }

    private static RecordedTool? ReadOne(JsonElement tool)
    {
        // OpenAI's wire format has all but the type one level further in.
        var inner = tool.Member(FunctionType) is { ValueKind: JsonValueKind.Object } function ? function : tool;
        if (inner.Text("name") is not { Length: > 0 } name)
        {
            return null;
        }

        var schema = inner.Member("parameters") ?? inner.Member("inputSchema") ?? inner.Member("input_schema");
        return new RecordedTool(
            Words.Of(tool.Text("type")) ?? FunctionType,
            name,
            inner.Text("description") is { Length: > 0 } description ? description : null,
            schema?.AsCompact());
    }
}
