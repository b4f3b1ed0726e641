using System.Text.Json;
using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire;

/// <summary>The properties of requests and responses that chat clients have no member for.</summary>
internal static class WireProperties
{
    public const string ServiceTier = "service_tier";
    public const string SystemFingerprint = "system_fingerprint";

    /// <summary>Collects the properties of a response; <see langword="null"/> where there are none.</summary>
    public static AdditionalPropertiesDictionary? Of(JsonElement response)
    {
        var tier = response.GetText(ServiceTier);
        var fingerprint = response.GetText(SystemFingerprint);
        if (tier is null && fingerprint is null)
        {
            return null;
        }

        var properties = new AdditionalPropertiesDictionary();
        AddTo(properties, ServiceTier, tier);
        AddTo(properties, SystemFingerprint, fingerprint);
        return properties;
    }

    public static void AddTo(AdditionalPropertiesDictionary properties, string key, string? value)
    {
        if (value is not null)
        {
            properties[key] = value;
        }
    }

    /// <summary>Starts what is noted of a request.</summary>
    public static WireDetails DetailsOf(ChatProtocol protocol, WireRequest request) => new()
    {
        ApiType = protocol.ApiType,
        RequestedTier = protocol.ApiType is null ? null : Text(request.Options.AdditionalProperties, ServiceTier),
    };

    /// <summary>Notes what a response, or a part of one, says.</summary>
    public static void NoteOn(WireDetails details, AdditionalPropertiesDictionary? properties)
    {
        details.ServedTier = Text(properties, ServiceTier) ?? details.ServedTier;
        details.SystemFingerprint = Text(properties, SystemFingerprint) ?? details.SystemFingerprint;
    }

    private static string? Text(AdditionalPropertiesDictionary? properties, string key) =>
        properties is not null && properties.TryGetValue(key, out var value) ? value as string : null;
}
