using System.Text;
using OpenAI.Chat;

namespace WeatherAgent.Assistant;

/// <summary>Puts the pieces of a stream together.</summary>
internal sealed class RawTurnBuilder
{
    private readonly StringBuilder _text = new();
    private readonly SortedDictionary<int, (string Id, string Name, StringBuilder Arguments)> _calls = [];

    /// <summary>Adds an update and returns the text in it.</summary>
    public string Add(StreamingChatCompletionUpdate update)
    {
        foreach (var call in update.ToolCallUpdates)
        {
            if (!_calls.TryGetValue(call.Index, out var known))
            {
                _calls[call.Index] = known = (call.ToolCallId, call.FunctionName, new StringBuilder());
            }

            known.Arguments.Append(call.FunctionArgumentsUpdate);
        }

        var text = string.Concat(update.ContentUpdate.Select(static part => part.Text));
        _text.Append(text);

        return text;
    }

    public RawTurn Build() => new(
        _text.ToString(),
        [.. _calls.Values.Select(static call => ChatToolCall.CreateFunctionToolCall(
            call.Id, call.Name, BinaryData.FromString(call.Arguments.ToString())))]);
}
