namespace AiObs.Cost.Budgets;

/// <summary>How budgets set aside what calls may take.</summary>
public sealed class ReservationOptions
{
    /// <summary>Gets or sets how many output tokens are reserved for a call that sets no <c>MaxOutputTokens</c>.</summary>
    /// <value>The default is 1,024 tokens. From 0 to 10,000,000.</value>
    /// <remarks>Less lets more calls through near the limit, more makes it less likely that one passes the limit.</remarks>
    public int DefaultOutputTokens { get; set; } = 1_024;

    /// <summary>Gets or sets the most output tokens that a call can make which sets no <c>MaxOutputTokens</c>.</summary>
    /// <value>
    /// The default is 16,384 tokens. From <see cref="DefaultOutputTokens"/> to 10,000,000; <see langword="null"/> when nobody knows,
    /// and then a budget lets one such call run at a time.
    /// </value>
    /// <remarks>
    /// Calls run side by side only where the budget can stand the most that all of them can take, save the unestimated part of one.
    /// So the more this is, the earlier concurrent calls are refused near the limit; and when a call makes more than this, the
    /// budgets' promise is broken by that much. Setting <c>MaxOutputTokens</c> on the calls avoids the choice.
    /// </remarks>
    public int? HighestOutputTokens { get; set; } = 16_384;

    /// <summary>Gets or sets how long a reservation stands of which nothing more is heard, such as that of a stream which nobody disposed.</summary>
    /// <value>The default is 30 minutes, counted from the start of the call or the last update of a stream that is metered. From a second to 7 days.</value>
    /// <remarks>
    /// After it the reserve counts as spent. When the call does end later, what it took beyond that is added; nothing is given back.
    /// Each such reservation counts in the metric <c>aiobs.budget.lost_reservations</c>.
    /// </remarks>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Gets or sets how many users, conversations, sessions or tags a budget keeps an account for.</summary>
    /// <value>The default is 10,000 for each budget. From 1 to 1,000,000.</value>
    /// <remarks>
    /// An account with nothing spent in the window and no call running makes room, the least recently used one first. When none is,
    /// new ones share a single account, called <c>(other)</c>, until that is empty: nobody gets more than the limit, but they may
    /// get less. Each call charged there counts in the metric <c>aiobs.budget.key_overflows</c>.
    /// </remarks>
    public int KeyCapacity { get; set; } = 10_000;

    /// <summary>Gets or sets how long the end of a stream that a budget cuts waits for the model's side to close.</summary>
    /// <value>The default is 5 seconds. From 0 to 5 minutes.</value>
    public TimeSpan StreamEndTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Returns how many output tokens a call is expected to make, and how many at the most; the latter is <see langword="null"/> when unknown.</summary>
    /// <param name="maxOutputTokens">What the request allows, if it says so. Some servers take a number below 1 for no limit.</param>
    internal (long Estimated, long? Highest) OutputTokens(int? maxOutputTokens) =>
        maxOutputTokens is > 0 and { } limit ? (limit, limit) : (DefaultOutputTokens, HighestOutputTokens);

    internal ReservationOptions Clone() => (ReservationOptions)MemberwiseClone();
}
