"""What the model leaves, and what other ways of reckoning say: shown beside the result, never in place of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from civicgauge.effects.its import Fit

LEAST_P = 0.01
"""Of series that the model describes, about three in a hundred fall below (the test takes no account of the trend)."""


def residuals(fit: Fit) -> dict[str, Any]:
    """Ljung and Box's test of what is left for autocorrelation, Jarque and Bera's for odd values."""
    from statsmodels.stats.diagnostic import acorr_ljungbox
    from statsmodels.stats.stattools import jarque_bera

    left = fit.innovations()
    lags = max(2, min(10, len(left) // 5))
    tested = acorr_ljungbox(left, lags=[lags], model_df=1)
    return {
        "ljung_box_p": float(tested["lb_pvalue"].iloc[0]),
        "lags": lags,
        "jarque_bera_p": float(jarque_bera(left)[1]),
    }


def objection(tests: dict[str, Any]) -> str | None:
    """Why the model does not describe the series, in words; None where it may."""
    if tests["ljung_box_p"] < LEAST_P:
        return (
            f"what the model leaves is still correlated over time (Ljung-Box p = {tests['ljung_box_p']:.4f} at "
            f"{tests['lags']} lags): errors that follow the one before do not describe this series, and its interval "
            "cannot be relied on"
        )
    return None


def below_zero(fit: Fit) -> str | None:
    """Why a line carried on says nothing of a series that never was below 0, in words; None where it may.

    A count, a duration or a share that falls towards its floor levels off by itself; against a line that goes on below
    0 that would look like an effect.
    """
    if fit.values.min() < 0:
        return None
    expected = fit.model.design.without_programme() @ (fit.weights @ fit.coefficients)
    if (lowest := float(expected.min())) >= 0:
        return None
    return (
        f"the line before the start, carried on, falls below 0 (to {lowest:.3g}), where the series never was: what was "
        "to be expected without the programme is not known"
    )


def sensitivity(fit: Fit) -> dict[str, Any]:
    """The mean difference by statsmodels in three plainer ways, each known to be too sure of itself in short series.

    `ols`: as if periods were independent; `hac`: the same estimate with Newey and West's errors; `gls`: the most likely
    autocorrelation taken as known.
    """
    import numpy as np
    import statsmodels.api as sm

    design, y = fit.model.design, fit.values
    x, contrast = design.matrix, design.contrasts["mean"]
    times = np.array(design.indexes)
    rho = float(fit.model.rho[fit.most_likely()])
    lags = max(1, int(4 * (len(y) / 100) ** (2 / 9)))
    ols = sm.OLS(y, x).fit()
    hac = sm.OLS(y, x).fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True}, use_t=True)
    apart = np.abs(times[:, None] - times[None, :])
    gls = sm.GLS(y, x, sigma=np.sign(rho) ** apart * np.abs(rho) ** apart).fit()
    told: dict[str, Any] = {"hac_lags": lags, "gls_rho": rho}
    for name, result in (("ols", ols), ("hac", hac), ("gls", gls)):
        test = result.t_test(contrast)
        low, high = np.ravel(test.conf_int())
        told[name] = {"estimate": float(np.ravel(test.effect)[0]), "low": float(low), "high": float(high)}
    return told
