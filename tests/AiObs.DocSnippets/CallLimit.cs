using AiObs.Operations;

namespace AiObs.DocSnippets;

#region snippet:own-gate
internal sealed class CallLimit(int atOnce) : ICallGate
{
    private readonly SemaphoreSlim _slots = new(atOnce);

    public async ValueTask<CallTicket?> AdmitAsync(CallRequest request, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Slot(_slots);
    }

    // It is under way already.
    public CallTicket? Adopt(CallRequest request) => null;

    private sealed class Slot(SemaphoreSlim slots) : CallTicket
    {
        private SemaphoreSlim? _taken = slots;

        public override string Name => "call_limit";

        public override CallCost? Settle(ModelOperation ended)
        {
            GiveBack();
            return null;
        }

        public override void Release() => GiveBack();

        // The model goes on in the background, and the call is over; Settle comes with the answer.
        public override void Defer() => GiveBack();

        private void GiveBack() => Interlocked.Exchange(ref _taken, null)?.Release();
    }
}
#endregion
