namespace AiObs.Cost.Pricing;

/// <summary>Where the price table is fetched from, how often, and how it is checked.</summary>
/// <remarks>Code beats the configuration section <see cref="SectionName"/>, which beats the defaults.</remarks>
public sealed class PriceRefreshOptions
{
    /// <summary>The configuration section that options are bound from: <c>AgentObservability:Costs:PriceRefresh</c>.</summary>
    public const string SectionName = CostTrackingOptions.SectionName + ":PriceRefresh";

    /// <summary>Gets or sets where the table is fetched from, in the format in which genai-prices publishes it (<c>data.json</c>, version 2).</summary>
    /// <value>
    /// The default is the address that genai-prices itself uses. It must be absolute and begin with <c>https</c>; a server on this machine may be reached by <c>http</c>. Redirects are not followed.
    /// </value>
    public Uri Url { get; set; } = new("https://raw.githubusercontent.com/pydantic/genai-prices/main/prices/new_data/v2/data.json");

    /// <summary>Gets or sets how often it is asked for; the first time is when the root is made.</summary>
    /// <value>The default is 6 hours. Must be a minute or more and at most 30 days, or <see cref="TimeSpan.Zero"/>: then only <see cref="PriceRefresh.RefreshAsync"/> asks.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromHours(6);

    /// <summary>Gets or sets how long one refresh may take, retries included.</summary>
    /// <value>The default is 1 minute. Must lie between a second and 10 minutes.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets the path of a file that keeps the last good table, from which the next run starts; a second file with <c>.notes</c> at its end tells its version and when it was current.</summary>
    /// <value>The default is <see langword="null"/>: nothing is kept, and each run starts with the table of the package. A relative path starts at the current directory of the process.</value>
    public string? CacheFile { get; set; }

    /// <summary>Gets or sets the SHA-256 that the table must have, as 64 hexadecimal digits; any other table is rejected.</summary>
    /// <value>The default is <see langword="null"/>: any table that passes the other checks is taken.</value>
    public string? Sha256 { get; set; }

    /// <summary>
    /// Gets or sets the public key, in PEM, that the table must be signed with: ECDSA over P-256 and SHA-256. The signature, in DER, is fetched from <see cref="Url"/> with <c>.sig</c> at the end of its path.
    /// </summary>
    /// <value>The default is <see langword="null"/>: no signature is asked for. genai-prices publishes none; sign the copy on a server of your own.</value>
    public string? PublicKey { get; set; }
}
