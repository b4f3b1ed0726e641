using System.Text.Json;
using System.Text.Json.Nodes;
using AiObs.Guardrails;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Guardrails;

/// <summary>Finds the texts of messages.</summary>
internal static class GuardrailTexts
{
    public static IReadOnlyList<GuardrailText> Of(IReadOnlyList<ChatMessage> messages)
    {
        List<GuardrailText> texts = [];
        for (var message = 0; message < messages.Count; message++)
        {
            var contents = messages[message].Contents;
            for (var content = 0; content < contents.Count; content++)
            {
                Add(texts, contents[content], message, content);
            }
        }

        return texts;
    }

    private static void Add(List<GuardrailText> texts, AIContent content, int message, int index)
    {
        switch (content)
        {
            case TextContent text:
                texts.Add(new(text.Text, message, index));
                break;
            case TextReasoningContent reasoning:
                texts.Add(new(reasoning.Text, message, index));
                break;
            case FunctionCallContent call:
                AddValues(texts, JsonSerializer.SerializeToNode(call.Arguments, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IDictionary<string, object?>))), message, index, "");
                break;
            case FunctionResultContent { Result: string result }:
                texts.Add(new(result, message, index));
                break;
            case FunctionResultContent { Result: { } result }:
                AddValues(texts, JsonSerializer.SerializeToNode(result, AIJsonUtilities.DefaultOptions.GetTypeInfo(result.GetType())), message, index, "");
                break;
        }
    }

    private static void AddValues(List<GuardrailText> texts, JsonNode? node, int message, int content, string path)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members)
                {
                    AddValues(texts, value, message, content, $"{path}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}");
                }

                break;
            case JsonArray items:
                for (var index = 0; index < items.Count; index++)
                {
                    AddValues(texts, items[index], message, content, $"{path}/{index}");
                }

                break;
            case JsonValue value when value.GetValueKind() is JsonValueKind.String or JsonValueKind.Number:
                texts.Add(new(value.ToString(), message, content, path));
                break;
        }
    }
}
