using System.Globalization;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Dashboard.Tests;

/// <summary>Puts a conversation into a store that has all that a page of one can show.</summary>
internal static class KeptConversations
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static DateTimeOffset Start { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Makes a conversation of three turns, the second of which was asked again on a branch of its own, and a hidden one of another tenant.</summary>
    /// <param name="store">Where to.</param>
    /// <param name="id">The id of both.</param>
    /// <param name="title">The title.</param>
    /// <param name="text">What is said.</param>
    /// <param name="name">All that has a name, and ids.</param>
    public static async Task FillAsync(IConversationStore store, string id, string title, string text, string name)
    {
        var state = new Conversation { Id = id, Title = title, UserId = name, Model = name, Tags = [name] };
        await store.CommitAsync(Turn(id, 1, text, name) with { Create = state, ExpiresAt = Start.AddYears(200) }, Token);
        await store.CommitAsync(Turn(id, 2, text, name), Token);
        await store.CommitAsync(Turn(id, 3, text, name) with { Fork = new(Branch: 0, AfterSequence: 2), MakesCurrent = true }, Token);
        var other = name + "'s tenant";
        await store.CommitAsync(new() { ConversationId = id, Tenant = other, At = Start, Create = state with { Tenant = other }, Messages = [Message("m", ChatRole.User, text)] }, Token);
        await store.CommitAsync(new() { ConversationId = id, Tenant = other, At = Start.AddHours(1), Delete = ConversationDelete.Hide }, Token);
    }

    /// <summary>Returns a turn of two messages: a question, and an answer in each of the states that there are by turns.</summary>
    public static ConversationCommit Turn(string id, int number, string text, string name)
    {
        var turnId = Clean(Text(number) + name);
        var at = Start.AddMinutes(number);
        var status = (MessageStatus)(number % 3);
        AIContent[] answer =
        [
            new TextContent(text), new TextReasoningContent(text), new FunctionCallContent(name, name, new Dictionary<string, object?> { [name] = text }),
            new FunctionResultContent(name, text), new DataContent("data:image/png;base64,iVBORw0KGgo=") { Name = name }, new ErrorContent(text),
        ];
        return new()
        {
            ConversationId = id,
            At = at,
            Messages =
            [
                Message("question " + turnId, ChatRole.User, text) with { TurnId = turnId, At = at, IsPinned = number == 1 },
                Message("answer " + turnId, ChatRole.Assistant, answer) with
                {
                    TurnId = turnId, At = at.AddSeconds(2), Status = status, TokenCount = 40 + number, ReplacesId = number == 3 ? Clean("answer 2" + name) : null,
                },
            ],
            Turn = new()
            {
                Id = turnId,
                Branch = number == 3 ? 1 : 0,
                State = number == 2 ? TurnState.Failed : TurnState.Completed,
                ErrorType = number == 2 ? name : null,
                StartedAt = at,
                EndedAt = at.AddSeconds(2),
                Memory = new()
                {
                    Decisions =
                    [
                        new(1, 1, MemoryAction.Pinned, Strategy: null, Reason: null, 5),
                        new(2, 4, MemoryAction.Dropped, name, name, 900),
                        new(5, 6, MemoryAction.Summarized, name, name, 300),
                        new(FirstSequence: null, LastSequence: null, MemoryAction.Injected, name, Reason: null, 20),
                    ],
                    TokensBefore = 1_225,
                    TokensAfter = 320,
                    IsEstimate = number == 1,
                    ContextWindow = number == 3 ? null : 1_000,
                    Fingerprint = "00",
                },
            },
        };
    }

    /// <summary>Returns a text as ids may be: without what no database takes, and not long.</summary>
    public static string Clean(string text) => string.Concat(text.EnumerateRunes().Where(static rune => rune.Value is not 0 and not 0xFFFD).Take(200));

    private static StoredMessage Message(string id, ChatRole role, string text) => Message(id, role, new TextContent(text));

    private static StoredMessage Message(string id, ChatRole role, params AIContent[] contents) =>
        new() { Id = Clean(id), Role = role, Content = MessageContent.Of(new(role, contents)), At = Start };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
