using Microsoft.Extensions.AI;

namespace AiObs.Recording;

/// <summary>Finds out which service tier a call was served on.</summary>
/// <remarks>
/// The response beats the request, as a server may serve another tier than it was asked for. Adapters that keep the tier only in their
/// raw representation are not read: that would need a reference to each of them, or reflection.
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
