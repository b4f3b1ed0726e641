using System.Text.Json;
using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.OpenTelemetry.Bridge.Content.Reading;

/// <summary>Reads calls of tools and their results, in the conventions' form, in that of OpenAI's wire format, and in Azure's.</summary>
internal static class ToolCallReader
{
    private const string FunctionType = "function";

    /// <summary>Reads a <c>tool_call</c> part.</summary>
    public static AIContent Call(JsonElement part)
    {
        if (part.Member("content") is not { ValueKind: JsonValueKind.Object } wrapped)
        {
            return Function(part);
        }

        var type = Words.Of(wrapped.Text("type"));
        return type is null or FunctionType
            ? Function(wrapped)
            : new OtherContent(type, PartMembers.AllBut(wrapped, "type"));
    }

    /// <summary>Reads one of the <c>tool_calls</c> of a message.</summary>
    public static FunctionCallContent Function(JsonElement call)
    {
        var function = call.Member(FunctionType) is { ValueKind: JsonValueKind.Object } inner ? inner : call;
        var arguments = function.Member("arguments");
        var read = Arguments(arguments);
        return read is null && arguments is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } unread
            ? new UnreadCallContent(IdOf(call), function.Text("name") ?? "", unread)
            : new FunctionCallContent(IdOf(call), function.Text("name") ?? "", read);
    }

    /// <summary>Reads a <c>tool_call_response</c> part, or a <c>tool_call_output</c>, which says the same in other words.</summary>
    public static FunctionResultContent Result(JsonElement part)
    {
        var wrapped = part.Member("content") is { ValueKind: JsonValueKind.Object } inner ? inner : part;
        var result = wrapped.Member("response") ?? wrapped.Member("result") ?? wrapped.Member("output") ?? part.Text("content") as object;
        return new FunctionResultContent(IdOf(wrapped), result is JsonElement element ? ResultOf(element) : result);
    }

    /// <summary>Returns a result for the recorder, which masks the parts in a list of parts one by one.</summary>
    public static object ResultOf(JsonElement result) => IsListOfParts(result) ? PartReader.ReadAll(result.EnumerateArray()) : result;

    private static string IdOf(JsonElement call) => call.Text("call_id") ?? call.Text("tool_call_id") ?? call.Text("id") ?? "";

    private static bool IsListOfParts(JsonElement result) => result.ValueKind == JsonValueKind.Array
        && result.GetArrayLength() > 0
        && result.EnumerateArray().All(static item => item.Text("type") is "text" or "uri" or "blob" or "file" or "image_url");

    /// <summary>Reads arguments, which many libraries write as JSON inside of a text.</summary>
    private static Dictionary<string, object?>? Arguments(JsonElement? arguments)
    {
        if (arguments is { ValueKind: JsonValueKind.String } text)
        {
            arguments = ForeignJson.Parse(text.GetString()!);
        }

        if (arguments is not { ValueKind: JsonValueKind.Object } members)
        {
            return null;
        }

        var result = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in members.EnumerateObject())
        {
            result[member.Name] = member.Value;
        }

        return result;
    }
}
