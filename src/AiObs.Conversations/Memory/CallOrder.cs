using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Memory;

/// <summary>Says whether the messages of a group can be sent as they stand, and puts right those that cannot.</summary>
internal static class CallOrder
{
    /// <summary>Says whether each call is answered once, right behind it, and each approval follows its request.</summary>
    /// <param name="messages">The messages of a group.</param>
    /// <param name="isPending">Whether answers may be still to come.</param>
    public static bool IsRight(List<SentMessage> messages, bool isPending)
    {
        var open = new HashSet<string>(StringComparer.Ordinal);
        var asked = new HashSet<string>(StringComparer.Ordinal);
        var hasCalls = false;
        foreach (var (message, item, _) in messages)
        {
            var calls = message.Contents.OfType<FunctionCallContent>();
            var results = message.Contents.OfType<FunctionResultContent>();
            if ((message.Contents.Count == 0 && item is { Stored: not null })
                || (message.Role == ChatRole.Tool && !hasCalls && !message.Contents.Any(static content => content is ToolResultContent))
                || !results.All(result => open.Remove(result.CallId))
                || (open.Count > 0 && message.Role != ChatRole.Tool)
                || !calls.All(call => open.Add(call.CallId))
                || !HasApprovalsInOrder(message, asked))
            {
                return false;
            }

            hasCalls |= open.Count > 0;
        }

        return isPending || (open.Count == 0 && asked.Count == 0);
    }

    /// <summary>Puts each result behind its call, and leaves out or answers what has no counterpart. What is changed or left out is marked so.</summary>
    public static IEnumerable<SentMessage> Restore(List<SentMessage> messages, bool answersMissing, bool isPending)
    {
        var sent = new List<SentMessage>();
        var results = ResultsOf(messages);
        var approvals = ApprovalsOf(messages, isPending);
        var called = new HashSet<string>(StringComparer.Ordinal);
        foreach (var message in messages)
        {
            var kept = ContentsOf(message.Message, call => (answersMissing || isPending || results.ContainsKey(call)) && called.Add(call), approvals);
            if (kept.Count > 0 && (message.Message.Role != ChatRole.Tool || called.Count > 0))
            {
                sent.Add(kept.Count == message.Message.Contents.Count ? message : Changed(message, kept));
            }

            sent.AddRange(AnswersTo([.. kept.OfType<FunctionCallContent>().Select(static call => call.CallId)], results, answersMissing && !isPending));
        }

        Mark(messages, sent);
        return sent;
    }

    private static bool HasApprovalsInOrder(ChatMessage message, HashSet<string> asked)
    {
        foreach (var content in message.Contents)
        {
            if (content is ToolApprovalRequestContent request)
            {
                asked.Add(request.RequestId);
            }
            else if (content is ToolApprovalResponseContent response && !asked.Remove(response.RequestId))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Returns the first result of each call.</summary>
    private static Dictionary<string, (SentMessage Message, FunctionResultContent Result)> ResultsOf(List<SentMessage> messages)
    {
        var results = new Dictionary<string, (SentMessage, FunctionResultContent)>(StringComparer.Ordinal);
        foreach (var message in messages)
        {
            foreach (var result in message.Message.Contents.OfType<FunctionResultContent>())
            {
                results.TryAdd(result.CallId, (message, result));
            }
        }

        return results;
    }

    /// <summary>Returns the approvals that are both asked for and given, in this order.</summary>
    private static HashSet<string> ApprovalsOf(List<SentMessage> messages, bool isPending)
    {
        var asked = new HashSet<string>(StringComparer.Ordinal);
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var content in messages.SelectMany(static message => message.Message.Contents))
        {
            if (content is ToolApprovalRequestContent request)
            {
                asked.Add(request.RequestId);
            }
            else if (content is ToolApprovalResponseContent response && asked.Contains(response.RequestId))
            {
                given.Add(response.RequestId);
            }
        }

        return isPending ? asked : given;
    }

    /// <summary>Returns what stays in a message: no results, which go behind their calls; and no reasoning that led to a call that is left out, as providers refuse that.</summary>
    private static List<AIContent> ContentsOf(ChatMessage message, Func<string, bool> keepsCall, HashSet<string> approvals)
    {
        var isCut = false;
        var kept = new List<AIContent>(message.Contents.Count);
        foreach (var content in message.Contents)
        {
            switch (content)
            {
                case FunctionCallContent call when !keepsCall(call.CallId):
                case ToolApprovalRequestContent request when !approvals.Contains(request.RequestId):
                case ToolApprovalResponseContent response when !approvals.Contains(response.RequestId):
                    isCut = true;
                    break;
                case FunctionResultContent:
                    break;
                default:
                    kept.Add(content);
                    break;
            }
        }

        if (isCut)
        {
            kept.RemoveAll(static content => content is TextReasoningContent);
        }

        return kept;
    }

    private static IEnumerable<SentMessage> AnswersTo(
        string[] calls, Dictionary<string, (SentMessage Message, FunctionResultContent Result)> results, bool answersMissing)
    {
        foreach (var answers in calls.Where(results.ContainsKey).Select(call => results[call]).GroupBy(static answer => answer.Message))
        {
            var message = answers.Key;
            AIContent[] contents = [.. answers.Select(static answer => answer.Result)];
            yield return contents.Length == message.Message.Contents.Count ? message : Changed(message, contents, ChatRole.Tool);
        }

        foreach (var call in calls.Where(call => answersMissing && !results.ContainsKey(call)))
        {
            yield return new(new(ChatRole.Tool, [new FunctionResultContent(call, "The call was not run.")]), null, IsOriginal: false);
        }
    }

    private static SentMessage Changed(SentMessage sent, IList<AIContent> contents, ChatRole? role = null) => new(
        new ChatMessage(role ?? sent.Message.Role, contents)
        {
            AuthorName = sent.Message.AuthorName,
            CreatedAt = sent.Message.CreatedAt,
            MessageId = sent.Message.MessageId,
            AdditionalProperties = sent.Message.AdditionalProperties,
        },
        sent.Item,
        IsOriginal: false);

    private static void Mark(List<SentMessage> messages, List<SentMessage> sent)
    {
        foreach (var message in messages)
        {
            var copies = sent.FindAll(copy => copy.Item == message.Item);
            var reason = copies.Count == 0 ? "left out, as its counterpart is missing or nothing in it can be sent"
                : copies.Exists(static copy => !copy.IsOriginal) ? "changed, as the counterpart of a part of it is missing or stood elsewhere"
                : null;
            if (reason is not null && message.Item is { } item)
            {
                item.Mark = MemoryMark.Repaired(reason);
            }
        }
    }
}
