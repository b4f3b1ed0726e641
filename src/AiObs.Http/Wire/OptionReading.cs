using System.Text.Json;
using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire;

/// <summary>Reads the options that both interfaces have, under the names that both use.</summary>
internal static class OptionReading
{
    public static ChatOptions Read(JsonElement body, string? model)
    {
        var options = new ChatOptions
        {
            ModelId = model,
            Temperature = body.GetNumber("temperature"),
            TopP = body.GetNumber("top_p"),
            ToolMode = ToolReading.ModeOf(body.Get("tool_choice")),
            AllowMultipleToolCalls = body.GetBoolean("parallel_tool_calls"),
        };
        if (body.GetText(WireProperties.ServiceTier) is { } tier)
        {
            options.AdditionalProperties = new() { [WireProperties.ServiceTier] = tier };
        }

        if (body.GetSmallCount("n") is > 1 and var choices)
        {
            (options.AdditionalProperties ??= [])[ChatRequestReader.ChoiceCountProperty] = choices;
        }

        return options;
    }

    public static ChatResponseFormat? FormatOf(string? type) => type switch
    {
        "text" => ChatResponseFormat.Text,
        "json_object" or "json_schema" => ChatResponseFormat.Json,
        _ => null,
    };

    /// <summary>Notes a reasoning effort, of which the service has more than chat clients know.</summary>
    public static void NoteEffort(ChatOptions options, string? effort)
    {
        if (effort is not null)
        {
            (options.AdditionalProperties ??= [])[ChatRequestReader.ReasoningEffortProperty] = effort;
        }
    }
}
