using System.Diagnostics;
using AiObs.Chat;
using AiObs.Cost;

namespace AiObs.OpenAI.Wire;

/// <summary>A response that runs in the background: what is needed to account for it when it is fetched.</summary>
/// <param name="Model">The model that was asked.</param>
/// <param name="Costs">What prices it, with what budgets have set aside for it; <see langword="null"/> where nothing does.</param>
/// <param name="Context">Who it is for.</param>
/// <param name="Creation">The span of the call that created it.</param>
/// <param name="Recorder">What records the calls of its endpoint.</param>
internal sealed record PendingResponse(
    string? Model, CallCosts? Costs, AgentContext? Context, ActivityContext Creation, ChatRecorder Recorder);
