using System.Diagnostics;
using AiObs.Chat;
using AiObs.Operations;

namespace AiObs.Http.Wire;

/// <summary>A response that runs in the background: what is needed to account for it when it is fetched.</summary>
/// <param name="Model">The model that was asked.</param>
/// <param name="Ticket">What gates gave to the call, which is settled with the answer; <see langword="null"/> where there is nothing to settle.</param>
/// <param name="Context">Who it is for.</param>
/// <param name="Creation">The span of the call that created it.</param>
/// <param name="Recorder">What records the calls of its endpoint.</param>
internal sealed record PendingResponse(
    string? Model, CallTicket? Ticket, AgentContext? Context, ActivityContext Creation, ChatRecorder Recorder);
