using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Memory;

/// <summary>Makes a history, as broken as histories get, of any list of numbers; a shorter list makes a shorter history.</summary>
internal sealed class AnyHistory
{
    private readonly List<StoredMessage> _messages = [];
    private int _calls;

    private AnyHistory()
    {
    }

    public IReadOnlyList<StoredMessage> Messages => _messages;

    public static AnyHistory Of(IEnumerable<int> steps)
    {
        var history = new AnyHistory();
        foreach (var step in steps)
        {
            history.Take(Math.Abs(step % 64));
        }

        return history;
    }

    private void Take(int step)
    {
        var text = $"text {_messages.Count} {new string('x', step * 3)}";
        switch (step % 16)
        {
            case 0:
                Add(Said.System(text));
                break;
            case 1 or 2 or 3:
                Add(Said.User(text), isPinned: step > 50);
                break;
            case 4 or 5:
                Add(Said.Assistant(text), isPinned: step > 50);
                break;
            case 6 or 7:
                Round(text, isPinned: step > 50);
                break;
            case 8:
                // Results in two messages, and something said between.
                Add(Said.Calls(Next(), Next()));
                Add(Said.Results(Call(-1)));
                Add(step > 32 ? Said.User(text) : Said.Results(Call(0)));
                break;
            case 9:
                Add(Said.Calls(Next()));
                break;
            case 10:
                Add(Said.Results(step > 32 ? "nobody's" : Call(0)));
                break;
            case 11:
                Approval(isAnswered: step < 48);
                break;
            case 12:
                Add(new ChatMessage(ChatRole.Assistant, [new TextReasoningContent("hm"), new TextContent(text), new FunctionCallContent(Next(), "get")]), status: MessageStatus.Partial);
                break;
            case 13:
                Add(Said.User(text), status: step > 32 ? MessageStatus.Refused : MessageStatus.Erased);
                break;
            case 14:
                Add(new ChatMessage(ChatRole.Tool, text));
                break;
            default:
                // Some providers number their calls from one in each answer.
                Add(Said.Calls("call_0"));
                Add(Said.Results("call_0"));
                break;
        }
    }

    private string Next() => $"c{++_calls}";

    private string Call(int ago) => $"c{_calls + ago}";

    private void Round(string text, bool isPinned)
    {
        Add(new ChatMessage(ChatRole.Assistant, [new TextContent(text), new FunctionCallContent(Next(), "get")]), isPinned);
        Add(Said.Results(Call(0)));
    }

    private void Approval(bool isAnswered)
    {
        var call = new FunctionCallContent(Next(), "pay");
        Add(new ChatMessage(ChatRole.Assistant, [new ToolApprovalRequestContent($"r{_calls}", call)]));
        if (isAnswered)
        {
            Add(new ChatMessage(ChatRole.User, [new ToolApprovalResponseContent($"r{_calls}", true, call)]));
            Add(new ChatMessage(ChatRole.Assistant, [call]));
            Add(Said.Results(call.CallId));
        }
    }

    private void Add(ChatMessage message, bool isPinned = false, MessageStatus status = MessageStatus.Complete)
    {
        var stored = Said.Stored(message, _messages.Count + 1);
        _messages.Add(stored with { IsPinned = isPinned, Status = status, Content = status == MessageStatus.Erased ? null : stored.Content });
    }
}
