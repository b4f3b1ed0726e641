using Microsoft.Extensions.AI;

namespace AiObs.Operations;

/// <summary>The tool calls that the models of one agent run asked for and nobody has been seen to execute yet.</summary>
/// <remarks>Hand-written loops hand a tool its arguments but not the id of the call; the ledger finds the id again.</remarks>
internal sealed class ToolCallLedger
{
    private const int Capacity = 256;

    private readonly Lock _gate = new();
    private readonly List<FunctionCallContent> _pending = [];
    private List<string>? _unmatched;

    /// <summary>Notes a call that a model asked for. When full, the oldest is forgotten: its span lacks the call id, nothing else.</summary>
    public void Add(FunctionCallContent call)
    {
        lock (_gate)
        {
            if (_pending.Count == Capacity)
            {
                _pending.RemoveAt(0);
            }

            _pending.Add(call);
        }
    }

    /// <summary>Takes the call that an execution with these arguments answers: the one with the very same values, else the only one of that name.</summary>
    public string? Take(string name, IDictionary<string, object?> arguments)
    {
        lock (_gate)
        {
            var index = _pending.FindIndex(call => call.Name == name && HaveSameValues(call.Arguments, arguments));
            if (index < 0)
            {
                index = _pending.FindIndex(call => call.Name == name);
                if (index < 0 || _pending.FindIndex(index + 1, call => call.Name == name) >= 0)
                {
                    NoteUnmatched(name, index >= 0);
                    return null;
                }
            }

            var callId = _pending[index].CallId;
            _pending.RemoveAt(index);
            return callId;
        }
    }

    /// <summary>Removes a call whose execution is known without looking for it.</summary>
    public void Remove(string callId)
    {
        lock (_gate)
        {
            var index = _pending.FindIndex(call => call.CallId == callId);
            if (index >= 0)
            {
                _pending.RemoveAt(index);
            }
        }
    }

    /// <summary>Takes the calls whose results are told although nobody was seen to execute them, and returns the names of their tools.</summary>
    public IReadOnlyList<string> TakeAnswered(IEnumerable<ChatMessage> told)
    {
        lock (_gate)
        {
            if (_pending.Count == 0)
            {
                return [];
            }

            var wasRun = new Dictionary<string, bool>(StringComparer.Ordinal);
            foreach (var result in told.SelectMany(static message => message.Contents).OfType<FunctionResultContent>())
            {
                wasRun[result.CallId] = result.Exception is not IToolNotRun { IsToolNotRun: true };
            }

            var answered = _pending.FindAll(call => wasRun.GetValueOrDefault(call.CallId));
            _pending.RemoveAll(call => wasRun.ContainsKey(call.CallId));

            // One that was seen, but not known by its id, has been counted.
            return [.. answered.Select(static call => call.Name).Where(name => _unmatched?.Remove(name) is not true)];
        }
    }

    private void NoteUnmatched(string name, bool isAsked)
    {
        if (isAsked && (_unmatched ??= []).Count < Capacity)
        {
            _unmatched.Add(name);
        }
    }

    private static bool HaveSameValues(IDictionary<string, object?>? called, IDictionary<string, object?> executed)
    {
        if ((called?.Count ?? 0) != executed.Count)
        {
            return false;
        }

        foreach (var (key, value) in executed)
        {
            if (!called!.TryGetValue(key, out var asked) || !(ReferenceEquals(asked, value) || Equals(asked, value)))
            {
                return false;
            }
        }

        return true;
    }
}
