using System.Globalization;
using AiObs.Cost;
using AiObs.Dashboard.Filters;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Dashboard.Conversations;

/// <summary>A conversation as it is kept: the messages of a branch by turn, with what memory showed the model in each.</summary>
internal static class KeptConversationView
{
    private const int MostBranches = 100;

    public static async Task<PageBody> ReadAsync(PageRequest page, IConversationStore store, Conversation conversation, Panel<CostSum?> sum)
    {
        var branch = NumberOf(page, FilterNames.Branch) is { } wanted && wanted < conversation.BranchCount ? (int)wanted : conversation.Branch;
        var query = new MessageQuery
        {
            ConversationId = conversation.Id,
            Tenant = conversation.Tenant,
            Branch = branch,
            BeforeSequence = NumberOf(page, FilterNames.Before),
            IsDescending = true,
            IncludeHidden = true,
        };
        var messages = await Panel.ReadAsync(page, stop => store.ReadAsync(query, stop)).ConfigureAwait(false);
        var turns = await Panel.ReadAsync(page, stop => ReadTurnsAsync(store, conversation, messages.Value, stop)).ConfigureAwait(false);
        var traces = await Panel.ReadAsync(
            page, stop => page.Sources.Traces.ListAsync(new() { ConversationId = conversation.Id, PageSize = TraceQuery.MaxPageSize }, stop)).ConfigureAwait(false);
        return new(KeptFacts.NameOf(page, conversation), html =>
        {
            KeptFacts.Write(html, page, conversation, sum);
            ConversationTabs.Write(html, page, conversation, isCalls: false);
            WriteBranches(html, page, conversation, branch);
            Parts.Of(turns, static _ => { })(html);
            Parts.Of(traces, static _ => { })(html);
            Parts.Of(messages, (_, found) => Write(html, page, conversation, branch, found, turn => WriteTurn(html, page, conversation, turns, traces, turn)))(html);
        });
    }

    private static long? NumberOf(PageRequest page, string name) =>
        long.TryParse(page.Query(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Reads the turns of messages. Those of a hidden conversation are not found.</summary>
    private static async ValueTask<IReadOnlyDictionary<string, TurnRecord>> ReadTurnsAsync(IConversationStore store, Conversation conversation, MessagePage? messages, CancellationToken stop)
    {
        var turns = new Dictionary<string, TurnRecord>(StringComparer.Ordinal);
        foreach (var id in messages?.Messages.Select(static message => message.TurnId).OfType<string>().Distinct(StringComparer.Ordinal) ?? [])
        {
            if (await store.FindTurnAsync(conversation.Tenant, conversation.Id, id, stop).ConfigureAwait(false) is { } turn)
            {
                turns[id] = turn;
            }
        }

        return turns;
    }

    private static void WriteBranches(HtmlWriter html, PageRequest page, Conversation conversation, int branch)
    {
        if (conversation.BranchCount < 2)
        {
            return;
        }

        html.Write($"""<nav class="filters" aria-label="Branches"><span>Branches</span><ul class="ranges">""");
        foreach (var number in Enumerable.Range(0, Math.Min(conversation.BranchCount, MostBranches)))
        {
            html.Write($"""<li><a href="{page.Links.Kept(conversation.Tenant, conversation.Id, new KeyValuePair<string, string>(FilterNames.Branch, Plain(number)))}" {new HtmlFlag("aria-current=\"true\"", number == branch)}>{Plain(number)}{(number == conversation.Branch ? " (present)" : "")}</a></li>""");
        }

        html.Write($"</ul>");
        if (conversation.BranchCount > MostBranches)
        {
            html.Write($"""<span class="hint">the first {Shown.Number(MostBranches)} of {Shown.Number(conversation.BranchCount)}</span>""");
        }

        html.Write($"</nav>");
    }

    private static void Write(HtmlWriter html, PageRequest page, Conversation conversation, int branch, MessagePage found, Action<IReadOnlyList<StoredMessage>> writeTurn)
    {
        if (found.Messages.Count == 0)
        {
            Parts.Empty("No message is on this branch yet. One is added with a line like this:", "await conversations.AddMessageAsync(\"c-42\", new(ChatRole.User, \"Where is my order?\"));")(html);
            return;
        }

        if (found.HasMore)
        {
            var earlier = page.Links.Kept(conversation.Tenant, conversation.Id, new(FilterNames.Branch, Plain(branch)), new(FilterNames.Before, Plain(found.Messages[^1].Sequence)));
            html.Write($"""<nav class="pages" aria-label="Parts of the conversation"><a rel="prev" href="{earlier}">Earlier</a></nav>""");
        }

        foreach (var turn in ByTurn(found.Messages.Reverse()))
        {
            html.Write($"""<section class="turn"><div class="said">""");
            foreach (var message in turn)
            {
                KeptMessages.Write(html, page, message);
            }

            html.Write($"""</div><div class="beside">""");
            writeTurn(turn);
            html.Write($"</div></section>");
        }
    }

    /// <summary>Puts messages that follow each other and belong to the same turn, or to none, together. What the user said right before a turn is its question, stored before there was a turn.</summary>
    private static List<List<StoredMessage>> ByTurn(IEnumerable<StoredMessage> messages)
    {
        var turns = new List<List<StoredMessage>>();
        foreach (var message in messages)
        {
            if (turns.Count == 0 || turns[^1][^1].TurnId != message.TurnId)
            {
                turns.Add(turns is [.., var before] && before[^1].TurnId is null ? TakeQuestion(before) : []);
            }

            turns[^1].Add(message);
        }

        turns.RemoveAll(static turn => turn.Count == 0);
        return turns;
    }

    private static List<StoredMessage> TakeQuestion(List<StoredMessage> before)
    {
        var start = before.FindLastIndex(static message => message.Role != ChatRole.User) + 1;
        var question = before[start..];
        before.RemoveRange(start, question.Count);
        return question;
    }

    private static void WriteTurn(
        HtmlWriter html, PageRequest page, Conversation conversation, Panel<IReadOnlyDictionary<string, TurnRecord>> turns, Panel<TracePage> traces, IReadOnlyList<StoredMessage> messages)
    {
        var turnId = messages[^1].TurnId;
        if (turnId is null)
        {
            html.Write($"""<p class="hint">in no turn</p>""");
        }
        else if (turns.Value?.GetValueOrDefault(turnId) is { } turn)
        {
            KeptTurn.Write(html, page, turn, traces.Value?.Traces ?? [], isElsewhere: messages.All(message => message.Branch != turn.Branch), isWhole: conversation.BranchCount < 2);
        }
        else
        {
            html.Write($"""<p class="hint">turn <bdi>{turnId}</bdi>{(conversation.DeletedAt is null ? "" : ", which is hidden with its conversation")}</p>""");
        }
    }

    private static string Plain(long number) => number.ToString(CultureInfo.InvariantCulture);
}
