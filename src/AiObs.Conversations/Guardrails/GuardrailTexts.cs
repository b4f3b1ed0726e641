using System.Text.Json;
using System.Text.Json.Nodes;
using AiObs.Guardrails;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Guardrails;

/// <summary>Finds the texts of messages.</summary>
internal static class GuardrailTexts
{
    /// <summary>Returns the texts that a stage looks at. What one message says in several contents is one text, as a reader sees it: else a word that is cut in two would be found in neither.</summary>
    public static IReadOnlyList<GuardrailText> Of(GuardrailStages stage, IReadOnlyList<ChatMessage> messages)
    {
        List<GuardrailText> texts = [];
        for (var message = 0; message < messages.Count; message++)
        {
            var contents = messages[message].Contents;
            if (stage is GuardrailStages.Input or GuardrailStages.Output)
            {
                AddJoined<TextContent>(texts, contents, message);
                AddJoined<TextReasoningContent>(texts, contents, message);
                continue;
            }

            for (var content = 0; content < contents.Count; content++)
            {
                Add(texts, contents[content], message, content);
            }
        }

        return texts;
    }

    /// <summary>Returns what a content says that is text itself.</summary>
    public static string TextOf(AIContent content) => content switch
    {
        TextContent text => text.Text,
        TextReasoningContent reasoning => reasoning.Text,
        _ => "",
    };

    /// <summary>Returns what a result that is no text is as JSON.</summary>
    public static JsonNode? NodeOf(object result) => JsonSerializer.SerializeToNode(result, AIJsonUtilities.DefaultOptions.GetTypeInfo(result.GetType()));

    private static void AddJoined<TContent>(List<GuardrailText> texts, IList<AIContent> contents, int message)
        where TContent : AIContent
    {
        var first = -1;
        var text = "";
        for (var index = 0; index < contents.Count; index++)
        {
            if (contents[index] is TContent content)
            {
                first = first < 0 ? index : first;
                text += TextOf(content);
            }
        }

        if (first >= 0)
        {
            texts.Add(new(text, message, first));
        }
    }

    private static void Add(List<GuardrailText> texts, AIContent content, int message, int index)
    {
        switch (content)
        {
            case FunctionCallContent { Arguments: { } arguments }:
                foreach (var (name, value) in arguments)
                {
                    AddValues(texts, value is null ? null : NodeOf(value), message, index, $"/{Escape(name)}");
                }

                break;
            case FunctionResultContent { Result: string result }:
                texts.Add(new(result, message, index));
                break;
            case FunctionResultContent { Result: TextContent result }:
                texts.Add(new(result.Text, message, index));
                break;
            case FunctionResultContent { Result: IEnumerable<AIContent> results }:
                texts.AddRange(results.Select((result, place) => new GuardrailText(TextOf(result), message, index, $"/{place}")));
                break;
            case FunctionResultContent { Result: { } result and not AIContent }:
                AddValues(texts, NodeOf(result), message, index, "");
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
                    AddValues(texts, value, message, content, $"{path}/{Escape(name)}");
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

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
