using System.Text;
using System.Text.Json;
using AiObs.Operations;
using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire.ChatCompletions;

/// <summary>Reads the chunks of one stream of chat completions. Only the calls and the audio that come in pieces are kept, and only where they are wanted.</summary>
internal sealed class ChunkReader(bool keepsContent, bool keepsCalls) : ChatEventReader
{
    /// <summary>A model that asks for more at once is not to be believed.</summary>
    private const int MaxCalls = 256;

    /// <summary>Twice as many as the service allows.</summary>
    private const int MaxChoices = 256;

    private readonly SortedDictionary<(long Choice, long Index), PartialCall> _calls = [];
    private readonly SortedDictionary<long, string?> _choices = [];
    private SpokenPieces? _spoken;

    public override IReadOnlyList<AnswerChoice>? Choices =>
        _choices.Count > 1 ? [.. _choices.Select(static choice => new AnswerChoice(choice.Key, choice.Value))] : null;

    public override WireEvent Read(JsonElement data)
    {
        var update = new ChatResponseUpdate
        {
            Role = ChatRole.Assistant,
            ResponseId = data.GetText("id"),
            ModelId = data.GetText("model"),
            AdditionalProperties = WireProperties.Of(data),
        };
        if (data.Get("error") is { } error)
        {
            return new WireEvent(update, Error: WireError.Of(error));
        }

        string? piece = null;
        var counts = data.Get("x_groq") is not null;
        foreach (var choice in data.Items("choices"))
        {
            counts |= choice.Get("usage") is not null;
            var number = choice.GetCount("index") ?? 0;
            var delta = choice.Get("delta") ?? default;
            var before = update.Contents.Count;
            AddDelta(update, delta);
            piece += KeepCalls(number, delta);
            var reason = ChatCompletionsProtocol.FinishReasonOf(choice);
            KeepReason(number, reason?.Value);
            if (reason is not null)
            {
                // The stream ends with the last of them.
                update.FinishReason = _choices.ContainsValue(null) ? null : reason;
                AddSpoken(update);
                AddCalls(update, number);
            }

            ChoiceContents.Mark(update.Contents, before, number);
        }

        if (UsageReading.OfCompletion(data.Get("usage")) is { } usage)
        {
            update.Contents.Add(new UsageContent(usage));
            counts = true;
        }

        if (counts)
        {
            update.RawRepresentation = UsageReading.RawOf(data);
        }

        return new WireEvent(update, CallPiece: piece);
    }

    private void KeepReason(long choice, string? reason)
    {
        if (_choices.Count < MaxChoices || _choices.ContainsKey(choice))
        {
            _choices[choice] = reason ?? _choices.GetValueOrDefault(choice);
        }
    }

    private void AddDelta(ChatResponseUpdate update, JsonElement delta)
    {
        if (!keepsContent)
        {
            return;
        }

        if (MessageReading.ReasoningIn(delta) is { Length: > 0 } reasoning)
        {
            update.Contents.Add(new TextReasoningContent(reasoning));
        }

        if (delta.GetText("content") is { Length: > 0 } text)
        {
            update.Contents.Add(new TextContent(text));
        }

        if (delta.GetText("refusal") is { Length: > 0 } refusal)
        {
            update.Contents.Add(ContentReading.Refused(refusal));
        }

        if (delta.Get("audio") is { } audio)
        {
            ContentReading.AddText(update.Contents, audio.GetText("transcript"));
            if (audio.GetText("data") is { } piece)
            {
                (_spoken ??= new()).Add(piece);
            }
        }
    }

    /// <summary>Adds the audio when the answer has ended: the service speaks one choice alone.</summary>
    private void AddSpoken(ChatResponseUpdate update)
    {
        ContentReading.AddIfKnown(update.Contents, _spoken?.ToContent());
        _spoken = null;
    }

    /// <summary>Keeps what a delta adds to tool calls, and returns it.</summary>
    private string? KeepCalls(long choice, JsonElement delta)
    {
        if (!keepsContent && !keepsCalls)
        {
            return null;
        }

        string? piece = null;
        foreach (var call in delta.Items("tool_calls"))
        {
            piece += Keep(choice, call, call.Get("function") ?? call.Get("custom"));
        }

        if (delta.Get("function_call") is { } single)
        {
            // The older form, of which there is one.
            piece += Keep(choice, single, single);
        }

        return piece;
    }

    private string? Keep(long choice, JsonElement call, JsonElement? callee)
    {
        var index = (choice, call.GetCount("index") ?? 0);
        if (!_calls.TryGetValue(index, out var partial))
        {
            if (_calls.Count == MaxCalls)
            {
                return null;
            }

            _calls[index] = partial = new PartialCall();
        }

        partial.Id ??= call.GetText("id");
        var name = partial.Name is null ? partial.Name = callee.GetText("name") : null;
        partial.IsCustom |= call.Get("custom") is not null;
        var arguments = callee.GetText("arguments") ?? callee.GetText("input");
        partial.Arguments.Append(arguments);
        return name + arguments;
    }

    /// <summary>Adds the calls of a choice that has ended; those of the others are still on their way.</summary>
    private void AddCalls(ChatResponseUpdate update, long choice)
    {
        foreach (var index in _calls.Keys.Where(index => index.Choice == choice).ToList())
        {
            _calls.Remove(index, out var call);
            update.Contents.Add(call!.IsCustom
                ? ToolReading.CallCustom(call.Id, call.Name, call.Arguments.ToString())
                : ToolReading.Call(call.Id, call.Name, call.Arguments.ToString()));
        }
    }

    private sealed class PartialCall
    {
        public string? Id { get; set; }

        public string? Name { get; set; }

        public bool IsCustom { get; set; }

        public StringBuilder Arguments { get; } = new();
    }
}
