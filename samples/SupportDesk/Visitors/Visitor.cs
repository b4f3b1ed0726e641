using System.Security.Claims;

namespace SupportDesk.Visitors;

/// <summary>Is a guest of the desk. Who they are stands in a cookie that only the desk can make, since budgets go by it.</summary>
internal static class Visitor
{
    public const string UserClaim = "sub";
    public const string SessionClaim = "sid";

    /// <summary>Makes a guest whom nobody has seen before.</summary>
    public static ClaimsPrincipal CreateGuest(string scheme) => new(new ClaimsIdentity(
        [new Claim(UserClaim, $"visitor-{Guid.NewGuid():N}"[..16]), new Claim(SessionClaim, $"session-{Guid.NewGuid():N}"[..16])],
        scheme));

    public static string IdOf(ClaimsPrincipal user) =>
        user.FindFirst(UserClaim)?.Value ?? throw new InvalidOperationException("The request has no visitor.");
}
