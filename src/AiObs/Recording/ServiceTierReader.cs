using Microsoft.Extensions.AI;

namespace AiObs.Recording;

/// <summary>Finds out which service tier a call was served on.</summary>
/// <remarks>
/// The response beats the request, as a server may serve another tier than it was asked for. What adapters leave in the objects of an
/// SDK is read by an <see cref="Operations.IUsageReader"/>.
/// </remarks>
internal static class ServiceTierReader
{
    private static readonly string[] Names = ["service_tier", "ServiceTier"];

    /// <summary>Reads the tier; <see langword="null"/> when neither says.</summary>
    /// <param name="response">The additional properties of a response, or of the updates that said the most.</param>
    /// <param name="request">The additional properties of the request's options.</param>
    public static string? Read(AdditionalPropertiesDictionary? response, AdditionalPropertiesDictionary? request) =>
        NamedProperty.Find(response, Names) ?? NamedProperty.Find(request, Names);
}
