using System.Net;
using Microsoft.AspNetCore.Builder;

namespace AiObs.Dashboard.Tests.Access;

/// <summary>Ways in which a request comes.</summary>
internal static class Asked
{
    public static void Nothing(HttpRequestMessage request) => request.Headers.Host = "localhost";

    /// <summary>Comes from a page whose name was given the address of this machine.</summary>
    public static void Rebound(HttpRequestMessage request) => request.Headers.Host = "evil.example";

    public static Action<HttpRequestMessage> With(string header, string value) => request => request.Headers.Add(header, value);

    public static Action<HttpRequestMessage> As(string role) => With(HeaderAuthentication.Header, role);

    /// <summary>Makes all requests come from another machine.</summary>
    public static void FromElsewhere(WebApplication app) => app.Use((http, next) =>
    {
        http.Connection.RemoteIpAddress = IPAddress.Parse("10.0.0.7");
        return next(http);
    });

    /// <summary>Lets a proxy on this machine say from where requests come.</summary>
    public static void ThroughForwardedHeaders(WebApplication app) =>
        app.UseForwardedHeaders(new() { ForwardedHeaders = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.All });
}
