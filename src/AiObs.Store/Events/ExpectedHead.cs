namespace AiObs.Store.Events;

/// <summary>What a chain must look like at one point.</summary>
/// <param name="Head">The point and the hash there.</param>
/// <param name="By">Who says so, in words.</param>
internal sealed record ExpectedHead(ChainHead Head, string By);
