using Microsoft.AspNetCore.Http;

namespace AiObs.Dashboard.Access;

/// <summary>The headers of each answer: nothing runs, loads or is framed that is not the dashboard's own, and nothing stays in a cache.</summary>
internal static class SecurityHeaders
{
    /// <summary>What a page may do.</summary>
    public const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Adds the headers. A policy that the host has set already is only made stricter: a browser holds to both.</summary>
    public static void Add(HttpResponse response)
    {
        response.Headers.Append("Content-Security-Policy", Policy);
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers.CacheControl = "no-store";
    }
}
