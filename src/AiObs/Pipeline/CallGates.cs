using System.Diagnostics.CodeAnalysis;
using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Pipeline;

/// <summary>The gates that the calls of a root, or of one client, pass.</summary>
internal sealed class CallGates(IReadOnlyList<ICallGate> all, Faults faults)
{
    /// <summary>The part of the observation that gates are.</summary>
    public const string Part = "gate";

    private readonly ICallGate[] _all = [.. all];

    /// <summary>Gets no gates at all.</summary>
    public CallGates None => new([], faults);

    public IReadOnlyList<ICallGate> All => _all;

    public bool Any => _all.Length > 0;

    /// <summary>Returns the gates with one more, which is asked last.</summary>
    public CallGates And(ICallGate gate) => new([.. _all, gate], faults);

    /// <summary>Returns the gates with one more, which stands in the place of one of its own type.</summary>
    public CallGates With(ICallGate gate) => new([.. _all.Where(other => other.GetType() != gate.GetType()), gate], faults);

    /// <summary>Asks all gates to let a call through; what they gave it is then on its operation.</summary>
    /// <exception cref="CallRefusedException">A gate refuses the call; what others gave it is released.</exception>
    public ValueTask AdmitAsync(CallRequest request, CancellationToken cancellationToken)
    {
        request.Operation.IsAdmitted = true;
        for (var i = 0; i < _all.Length; i++)
        {
            var asked = Ask(_all[i], request, cancellationToken);
            if (!asked.IsCompletedSuccessfully)
            {
                return AwaitAsync(asked, i + 1, request, cancellationToken);
            }

            Take(asked.Result, request.Operation);
        }

        return default;
    }

    /// <summary>Tells all gates of a call that is made elsewhere.</summary>
    public void Adopt(CallRequest request)
    {
        request.Operation.IsAdmitted = true;
        foreach (var gate in _all)
        {
            Take(faults.Get(Part, (gate, request), static state => state.gate.Adopt(state.request)), request.Operation);
        }
    }

    /// <summary>Tells whether a gate may end the stream of a call.</summary>
    public bool Limits([NotNullWhen(true)] CallTicket? ticket) =>
        ticket is not null && faults.Get(Part, ticket, static ticket => ticket.LimitsStream ? ticket : null) is not null;

    /// <summary>Puts on an operation what it cost, and tells its gates that it has ended.</summary>
    public void Settle(ModelOperation ended)
    {
        if (ended.Ticket is { } ticket)
        {
            ended.Ticket = null;
            ended.Cost = faults.Get(Part, (ticket, ended), static state => state.ticket.Settle(state.ended));
        }
    }

    /// <summary>Shows the gates the answer of a call that is no stream.</summary>
    public void Note(ModelOperation operation, ChatResponse response)
    {
        if (operation.Ticket is { } ticket)
        {
            faults.Run(Part, (ticket, response), static state => state.ticket.Note(state.response));
        }
    }

    /// <summary>Takes from an operation what is settled when its answer comes later, in the background.</summary>
    public CallTicket? Defer(ModelOperation operation)
    {
        var ticket = operation.Ticket;
        operation.Ticket = null;
        if (ticket is not null)
        {
            faults.Run(Part, ticket, static ticket => ticket.Defer());
        }

        return ticket;
    }

    /// <summary>Tells the gates of a call that was not made after all.</summary>
    public void Release(ModelOperation operation)
    {
        if (operation.Ticket is { } ticket)
        {
            operation.Ticket = null;
            faults.Run(Part, ticket, static ticket => ticket.Release());
        }
    }

    private ValueTask<CallTicket?> Ask(ICallGate gate, CallRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return gate.AdmitAsync(request, cancellationToken);
        }
        catch (Exception exception) when (Ends(exception, cancellationToken))
        {
            Release(request.Operation);
            throw;
        }
#pragma warning disable CA1031 // A gate that is broken must not stop every call.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            faults.Report(Part, exception);
            return default;
        }
    }

    /// <summary>Waits for a gate that has to ask elsewhere, and asks the others then.</summary>
    private async ValueTask AwaitAsync(ValueTask<CallTicket?> asked, int next, CallRequest request, CancellationToken cancellationToken)
    {
        await TakeAsync(asked, request.Operation, cancellationToken).ConfigureAwait(false);
        for (var i = next; i < _all.Length; i++)
        {
            await TakeAsync(Ask(_all[i], request, cancellationToken), request.Operation, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask TakeAsync(ValueTask<CallTicket?> asked, ModelOperation operation, CancellationToken cancellationToken)
    {
        try
        {
            Take(await asked.ConfigureAwait(false), operation);
        }
        catch (Exception exception) when (Ends(exception, cancellationToken))
        {
            Release(operation);
            throw;
        }
#pragma warning disable CA1031 // A gate that is broken must not stop every call.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            faults.Report(Part, exception);
        }
    }

    /// <summary>Tells whether what a gate threw ends the call: it refuses it, or its caller has cancelled it.</summary>
    private static bool Ends(Exception exception, CancellationToken cancellationToken) =>
        exception is CallRefusedException || (exception is OperationCanceledException && cancellationToken.IsCancellationRequested);

    private void Take(CallTicket? ticket, ModelOperation operation)
    {
        if (ticket is not null)
        {
            operation.Ticket = operation.Ticket is { } first ? new JoinedTicket(first, ticket, faults) : ticket;
        }
    }
}
