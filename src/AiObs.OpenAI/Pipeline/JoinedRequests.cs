using AiObs.Operations;

namespace AiObs.OpenAI.Pipeline;

/// <summary>The requests by which an operation further out is answered. They have no operation of their own.</summary>
/// <remarks>
/// A function loop sends several, each of which goes on with the one before. Another request that is made meanwhile, such as that of a
/// tool, does not: it is a call of its own.
/// </remarks>
internal sealed class JoinedRequests(ChatOperation operation)
{
    private readonly Lock _gate = new();
    private readonly List<LeafCall> _own = [];
    private RequestTurn? _last;
    private int _underWay;
    private bool _isAnswered;
    private bool _hasOthers;

    /// <summary>Takes a request for one of the operation's; <see langword="false"/> when it is a call of its own.</summary>
    public bool TryJoin(RequestTurn turn)
    {
        lock (_gate)
        {
            // After a failure anything may be tried instead.
            var isFree = _last is null || (_underWay == 0 && !_isAnswered);
            if (isFree || turn.Continues(_last!))
            {
                _last = turn;
                _underWay++;
                return true;
            }

            NoteOther();
            return false;
        }
    }

    /// <summary>Notes the end of a request that has joined.</summary>
    /// <param name="isAnswered">Whether it was answered.</param>
    /// <param name="used">What it used, where it said so.</param>
    public void End(bool isAnswered, LeafCall? used)
    {
        lock (_gate)
        {
            _underWay--;
            _isAnswered |= isAnswered;
            if (used is { } own)
            {
                _own.Add(own);
            }

            if (_hasOthers)
            {
                NoteOwn();
            }
        }
    }

    /// <summary>Sees to it that the operation pays for its own requests alone, whatever its client adds up.</summary>
    private void NoteOther()
    {
        _hasOthers = true;
        NoteOwn();
    }

    private void NoteOwn()
    {
        // Clients of ours further in note it themselves.
        if (operation is { IsObservedFurtherIn: false, IsSeenFurtherIn: false })
        {
            foreach (var own in _own)
            {
                operation.Leaves.NoteOwn(own);
            }
        }

        _own.Clear();
    }
}
