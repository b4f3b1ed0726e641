using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire.Responses;

/// <summary>Reads the items that inputs and outputs are made of.</summary>
internal static class ItemReading
{
    /// <summary>Adds what an item says. Kinds that nothing is known of add nothing.</summary>
    public static void AddContents(IList<AIContent> contents, JsonElement item)
    {
        switch (item.GetText("type"))
        {
            case "reasoning":
                contents.Add(Reasoning(item));
                break;
            case "function_call":
                contents.Add(ToolReading.Call(item.GetText("call_id"), item.GetText("name"), item.GetText("arguments")));
                break;
            case "custom_tool_call":
                contents.Add(ToolReading.CallCustom(item.GetText("call_id"), item.GetText("name"), item.GetText("input")));
                break;
            case "function_call_output" or "custom_tool_call_output":
                contents.Add(new FunctionResultContent(item.GetText("call_id") ?? "", OutputOf(item.Get("output"))));
                break;
            case "message" or null:
                AddParts(contents, item.Get("content"));
                break;
            default:
                ServerItems.AddContents(contents, item);
                break;
        }
    }

    /// <summary>Reads reasoning: what is shown of it, and what only the service can read.</summary>
    public static TextReasoningContent Reasoning(JsonElement item) =>
        new(string.Concat(TextsIn(item, "summary").Concat(TextsIn(item, "content")))) { ProtectedData = item.GetText("encrypted_content") };

    private static IEnumerable<string?> TextsIn(JsonElement item, string name) => item.Items(name).Select(static part => part.GetText("text"));

    private static void AddParts(IList<AIContent> contents, JsonElement? content) =>
        ContentReading.Add(contents, content, static (contents, part) => ContentReading.AddIfKnown(contents, Part(part)));

    private static AIContent? Part(JsonElement part) => part.GetText("type") switch
    {
        "input_text" or "output_text" or "text" => part.GetText("text") is { } text ? new TextContent(text) : null,
        "refusal" => part.GetText("refusal") is { } refusal ? ContentReading.Refused(refusal) : null,
        "input_image" => MediaReading.HostedFile(part.GetText("file_id")) ?? MediaReading.Image(part.GetText("image_url")),
        "input_file" => MediaReading.HostedFile(part.GetText("file_id"))
            ?? MediaReading.File(part.GetText("file_data") ?? part.GetText("file_url")),
        "input_audio" => MediaReading.Audio(part.Get("input_audio").GetText("data"), part.Get("input_audio").GetText("format")),
        _ => null,
    };

    private static object OutputOf(JsonElement? output)
    {
        if (output is { ValueKind: JsonValueKind.String } text)
        {
            return text.AsText() ?? "";
        }

        var contents = new List<AIContent>();
        AddParts(contents, output);
        return contents;
    }
}
