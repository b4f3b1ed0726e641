using System.Runtime.InteropServices;

namespace AiObs.Events.Delivery;

/// <summary>What durable sinks have still to confirm of one piece of work.</summary>
internal sealed class DeliveryReceipt
{
    private readonly List<Share> _shares = [];

    public void AddQueued(SinkChannel sink, long sequence)
    {
        ref var share = ref ShareOf(sink);
        share.First = share.First == 0 ? sequence : share.First;
        share.Last = sequence;
    }

    public void AddWaiting(SinkChannel sink, AgentEvent item) => (ShareOf(sink).Waiting ??= []).Add(item);

    /// <summary>Waits for all sinks; throws what those that did not confirm are to be answered with.</summary>
    public async ValueTask ConfirmAsync(CancellationToken cancellationToken)
    {
        var failures = await WaitAsync(cancellationToken).ConfigureAwait(false);
        if (failures.Count == 0)
        {
            return;
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw failures.Count == 1
            ? failures[0]
            : new EventDeliveryException(string.Join(" ", failures.Select(static failure => failure.Message)), failures[0])
            {
                Sinks = [.. failures.SelectMany(static failure => failure.Sinks)],
            };
    }

    /// <summary>Waits for all sinks, for work that has failed already: its own exception is the one that the caller gets.</summary>
    public async ValueTask SettleAsync(CancellationToken cancellationToken) =>
        await WaitAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Waits for nobody, where there is no way to wait.</summary>
    public void Forgo()
    {
        foreach (var share in _shares)
        {
            share.Sink.Forgo(share.Waiting?.Count ?? 0);
        }
    }

    private async ValueTask<List<EventDeliveryException>> WaitAsync(CancellationToken cancellationToken)
    {
        // All at once, so that several slow sinks take the time of the slowest.
        var waits = _shares.ConvertAll(share => share.Sink.ConfirmAsync(share.First, share.Last, share.Waiting, cancellationToken).AsTask());
        var results = await Task.WhenAll(waits).ConfigureAwait(false);
        return [.. results.OfType<EventDeliveryException>()];
    }

    private ref Share ShareOf(SinkChannel sink)
    {
        var index = _shares.FindIndex(share => ReferenceEquals(share.Sink, sink));
        if (index < 0)
        {
            index = _shares.Count;
            _shares.Add(new Share { Sink = sink });
        }

        return ref CollectionsMarshal.AsSpan(_shares)[index];
    }

    private struct Share
    {
        public SinkChannel Sink;
        public long First;
        public long Last;
        public List<AgentEvent>? Waiting;
    }
}
