using Microsoft.AspNetCore.Http;

namespace AiObs;

/// <summary>Where <c>UseAgentContext</c> finds for whom a request is. A selector that returns nothing leaves its value open.</summary>
/// <remarks>
/// Take the user from what was authenticated, such as a claim, since budgets and costs go by it: a header says what its sender likes.
/// A selector that throws gives no value; that is logged once, without the exception's message.
/// </remarks>
public sealed class AgentContextSelectors
{
    /// <summary>Gets or sets what finds the end user.</summary>
    /// <value>The default is <see langword="null"/>: no user.</value>
    public Func<HttpContext, string?>? User { get; set; }

    /// <summary>Gets or sets what finds the session.</summary>
    /// <value>The default is <see langword="null"/>: no session.</value>
    public Func<HttpContext, string?>? Session { get; set; }

    /// <summary>Gets or sets what finds the conversation.</summary>
    /// <value>The default is <see langword="null"/>: no conversation.</value>
    public Func<HttpContext, string?>? Conversation { get; set; }
}
