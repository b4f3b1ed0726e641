using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AiObs.Guardrails;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Guardrails;

/// <summary>Replaces what was found by a mark, in copies. What a copy is made of loses its raw form, which would show it.</summary>
internal static class Redactor
{
    /// <summary>Returns what a hit is replaced by.</summary>
    public static string MarkOf(GuardrailRule rule) => $"[{rule.Name.ToUpperInvariant()}]";

    /// <summary>Replaces hits.</summary>
    /// <returns>The messages, copies where something was replaced; <see langword="null"/> where a hit does not say where it stands.</returns>
    public static IReadOnlyList<ChatMessage>? Replace(GuardrailRequest request, IReadOnlyList<GuardrailHit> hits, string mark)
    {
        var texts = request.Texts;
        var found = new Dictionary<(int Message, int Content), List<(GuardrailText Text, List<(int Start, int End)> Ranges)>>();
        foreach (var group in hits.GroupBy(static hit => hit.Text))
        {
            if (group.Key is not { } index || index < 0 || index >= texts.Count || RangesOf(group, texts[index].Value.Length) is not { } ranges)
            {
                return null;
            }

            var place = (texts[index].Message, texts[index].Content);
            found.TryAdd(place, []);
            found[place].Add((texts[index], ranges));
        }

        return [.. request.Messages.Select((message, index) =>
            found.Keys.Any(place => place.Message == index) ? Replace(message, content => found.GetValueOrDefault((index, content)), mark) : message)];
    }

    /// <summary>Returns where hits stand, in order and without overlaps; <see langword="null"/> where one stands outside of the text.</summary>
    public static List<(int Start, int End)>? RangesOf(IEnumerable<GuardrailHit> hits, int length)
    {
        List<(int Start, int End)> ranges = [];
        foreach (var hit in hits.OrderBy(static hit => hit.Start))
        {
            var start = Math.Max(0, hit.Start);
            var end = (int)Math.Min((long)hit.Start + hit.Length, length);
            if (end <= start)
            {
                return null;
            }

            if (ranges is [.., var last] && start < last.End)
            {
                ranges[^1] = (last.Start, Math.Max(last.End, end));
            }
            else
            {
                ranges.Add((start, end));
            }
        }

        return ranges;
    }

    /// <summary>Returns a piece of a text with its ranges replaced: the mark stands where a range begins.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="offset">Where the piece begins in the text that the ranges are of.</param>
    /// <param name="ranges">The ranges, in order.</param>
    /// <param name="mark">What replaces them.</param>
    public static string Replace(string piece, int offset, List<(int Start, int End)> ranges, string mark)
    {
        var text = new StringBuilder(piece.Length);
        var position = 0;
        foreach (var (start, end) in ranges)
        {
            var from = Math.Clamp(start - offset, position, piece.Length);
            var to = Math.Clamp(end - offset, from, piece.Length);
            text.Append(piece, position, from - position);
            if (start >= offset && start < offset + piece.Length)
            {
                text.Append(mark);
            }

            position = to;
        }

        return text.Append(piece, position, piece.Length - position).ToString();
    }

    /// <summary>Returns a copy of a content that says something else; annotations go too, as they quote and count characters.</summary>
    public static AIContent With(AIContent content, string text) => content switch
    {
        TextReasoningContent reasoning => new TextReasoningContent(text) { ProtectedData = reasoning.ProtectedData },
        _ => new TextContent(text),
    };

    /// <summary>Returns a copy of a message with other contents.</summary>
    public static ChatMessage With(ChatMessage message, IList<AIContent> contents)
    {
        var copy = message.Clone();
        copy.Contents = contents;
        copy.RawRepresentation = null;
        return copy;
    }

    private static ChatMessage Replace(ChatMessage message, Func<int, List<(GuardrailText Text, List<(int Start, int End)> Ranges)>?> find, string mark)
    {
        AIContent[] contents = [.. message.Contents];
        for (var index = 0; index < contents.Length; index++)
        {
            if (find(index) is not { } found)
            {
                continue;
            }

            switch (contents[index])
            {
                case TextContent:
                    ReplaceJoined<TextContent>(contents, found[0].Ranges, mark);
                    break;
                case TextReasoningContent:
                    ReplaceJoined<TextReasoningContent>(contents, found[0].Ranges, mark);
                    break;
                case FunctionCallContent call:
                    contents[index] = Replace(call, found, mark);
                    break;
                case FunctionResultContent result:
                    contents[index] = Replace(result, found, mark);
                    break;
            }
        }

        return With(message, contents);
    }

    private static void ReplaceJoined<TContent>(AIContent[] contents, List<(int Start, int End)> ranges, string mark)
        where TContent : AIContent
    {
        var offset = 0;
        for (var index = 0; index < contents.Length; index++)
        {
            if (contents[index] is not TContent content)
            {
                continue;
            }

            var text = GuardrailTexts.TextOf(content);
            if (Replace(text, offset, ranges, mark) is var replaced && replaced != text)
            {
                contents[index] = With(content, replaced);
            }

            offset += text.Length;
        }
    }

    private static FunctionCallContent Replace(FunctionCallContent call, List<(GuardrailText Text, List<(int Start, int End)> Ranges)> found, string mark)
    {
        var arguments = new Dictionary<string, object?>(call.Arguments!, StringComparer.Ordinal);
        foreach (var (text, ranges) in found)
        {
            var steps = StepsOf(text.Path!);
            var value = arguments[steps[0]]!;
            var replaced = Replace(text.Value, 0, ranges, mark);
            arguments[steps[0]] = steps.Length == 1 && value is string ? replaced : ElementOf(Set(GuardrailTexts.NodeOf(value), steps.AsSpan(1), replaced));
        }

        return new(call.CallId, call.Name, arguments) { Exception = call.Exception, InformationalOnly = call.InformationalOnly, AdditionalProperties = call.AdditionalProperties };
    }

    private static FunctionResultContent Replace(FunctionResultContent result, List<(GuardrailText Text, List<(int Start, int End)> Ranges)> found, string mark)
    {
        var value = result.Result;
        switch (value)
        {
            case string:
                value = Replace(found[0].Text.Value, 0, found[0].Ranges, mark);
                break;
            case TextContent text:
                value = With(text, Replace(found[0].Text.Value, 0, found[0].Ranges, mark));
                break;
            case IEnumerable<AIContent> contents:
                AIContent[] changed = [.. contents];
                foreach (var (text, ranges) in found)
                {
                    var place = int.Parse(text.Path.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);
                    changed[place] = With(changed[place], Replace(text.Value, 0, ranges, mark));
                }

                value = changed;
                break;
            default:
                var node = GuardrailTexts.NodeOf(value!);
                foreach (var (text, ranges) in found)
                {
                    node = Set(node, StepsOf(text.Path!), Replace(text.Value, 0, ranges, mark));
                }

                value = ElementOf(node);
                break;
        }

        return new(result.CallId, value) { Exception = result.Exception, AdditionalProperties = result.AdditionalProperties };
    }

    private static string[] StepsOf(string path) =>
        path.Length == 0 ? [] : [.. path[1..].Split('/').Select(static step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];

    private static JsonNode? Set(JsonNode? node, ReadOnlySpan<string> steps, string text)
    {
        if (steps.IsEmpty)
        {
            return JsonValue.Create(text);
        }

        var parent = node!;
        foreach (var step in steps[..^1])
        {
            parent = parent is JsonArray items ? items[IndexOf(step)]! : parent[step]!;
        }

        if (parent is JsonArray list)
        {
            list[IndexOf(steps[^1])] = text;
        }
        else
        {
            parent[steps[^1]] = text;
        }

        return node;
    }

    private static int IndexOf(string step) => int.Parse(step, System.Globalization.CultureInfo.InvariantCulture);

    private static JsonElement ElementOf(JsonNode? node) => JsonElement.Parse(node?.ToJsonString() ?? "null");
}
