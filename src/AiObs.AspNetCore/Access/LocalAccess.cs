using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace AiObs.AspNetCore.Access;

/// <summary>Who may use an endpoint that nobody has authorized: whoever sits at this machine, and did not come through a proxy.</summary>
internal static class LocalAccess
{
    private static readonly string[] LocalHosts = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>What proxies, and the middleware that reads what they say, leave behind.</summary>
    private static readonly string[] ProxyHeaders = ["Forwarded", "Via", "X-Real-IP"];

    private static readonly string[] ProxyHeaderPrefixes = ["X-Forwarded-", "X-Original-"];

    /// <summary>Tells whether a request may pass: the endpoint's authorization alone decides where there is one, else it has to be local.</summary>
    public static bool Admits(HttpContext context) => IsAuthorized(context.GetEndpoint()) || IsLocal(context);

    /// <summary>Tells whether a request comes from this machine, by a name of this machine, and through no proxy.</summary>
    /// <remarks>The name, as any page on the web may give its own name the address of this machine.</remarks>
    public static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
        && LocalHosts.Contains(context.Request.Host.Host, StringComparer.OrdinalIgnoreCase)
        && !context.Request.Headers.Keys.Any(IsProxyHeader);

    /// <summary>Tells whether ASP.NET Core authorizes who calls an endpoint. It does not where anonymous calls are allowed beside that.</summary>
    private static bool IsAuthorized(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<IAuthorizeData>() is not null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null;

    private static bool IsProxyHeader(string name) =>
        ProxyHeaders.Contains(name, StringComparer.OrdinalIgnoreCase)
        || Array.Exists(ProxyHeaderPrefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
