namespace AiObs.Store;

/// <summary>What was erased of a user.</summary>
/// <param name="Facts">How many facts had a value until then, believed or not.</param>
/// <param name="Profiles">How many versions of the profile had a text until then.</param>
public sealed record FactErasure(int Facts, int Profiles);
