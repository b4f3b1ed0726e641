using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Recording;

/// <summary>Keeps the content of several choices apart, which updates of a stream have no member for.</summary>
internal static class ChoiceContents
{
    private const string Key = "aiobs.choice";

    /// <summary>Marks content that we made ourselves as that of a choice; without a mark it is that of the first.</summary>
    public static void Mark(IList<AIContent> contents, int from, long choice)
    {
        for (var i = from; choice != 0 && i < contents.Count; i++)
        {
            (contents[i].AdditionalProperties ??= [])[Key] = choice;
        }
    }

    /// <summary>Joins the updates of a stream into one message for each choice, an empty one for a choice that said nothing.</summary>
    public static IList<ChatMessage> Join(IReadOnlyList<ChatResponseUpdate> updates, IReadOnlyList<AnswerChoice> choices) =>
        [.. choices.Select(choice => new ChatMessage(ChatRole.Assistant, ContentsOf(updates, choice.Number)))];

    private static List<AIContent> ContentsOf(IReadOnlyList<ChatResponseUpdate> updates, long choice) =>
    [
        .. updates
            .Select(update => new ChatResponseUpdate(ChatRole.Assistant, [.. update.Contents.Where(content => NumberOf(content) == choice)]))
            .ToChatResponse()
            .Messages
            .SelectMany(static message => message.Contents),
    ];

    private static long NumberOf(AIContent content) => content.AdditionalProperties is { } properties && properties.TryGetValue(Key, out long number) ? number : 0;
}
