using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>What the observed streams of one client have in common.</summary>
/// <param name="Inner">The client to ask.</param>
/// <param name="Faults">What catches what goes wrong while they are observed.</param>
/// <param name="Observe">Makes the observation of one enumeration.</param>
internal sealed record StreamSource(IChatClient Inner, Faults Faults, Func<StreamObservation> Observe);
